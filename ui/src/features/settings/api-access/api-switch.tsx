import { Toggle } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { useAction } from '../../../components/use-action';
import { apiAccessQuery } from '../../../ipc/api-access';
import { commands, type ApiAccess } from '../../../ipc/bindings';

/** The switch, and what came of it. */
export function ApiSwitch({ access }: { access: ApiAccess }) {
  const client = useQueryClient();
  const turn = useAction(async (enabled: boolean) => {
    const read = await commands.setApiAccess({ enabled });
    client.setQueryData(apiAccessQuery.queryKey, read);
  });
  return (
    <div className="kt-setting">
      <Toggle
        id="setting-api-access"
        labelText="HTTP API"
        labelA="Off"
        labelB={standing(access)}
        toggled={access.enabled}
        onToggle={(enabled) => void turn.run(enabled)}
      />
      <ProblemNotice error={turn.error ?? access.problem} />
    </div>
  );
}

function standing({ serving, problem, url }: ApiAccess): string {
  if (serving) return `On at ${url}`;
  return problem ? 'On, but it could not start' : 'On, starting';
}
