import { Button, InlineLoading, Link, Loading, Stack } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { InstanceMark } from '../../components/instance-mark';
import { kindNames } from '../../components/instance-kind';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useSlow } from '../../components/use-slow';
import { commands, type ActiveInstance } from '../../ipc/bindings';
import { switchInstance, unlockMethodsQuery } from '../../ipc/instances';
import { UnlockChoices } from './unlock-choices';

type UnlockPageProps = {
  instance: ActiveInstance;
  /** Where the other instances are. */
  listHref: string;
};

/** Stands before an instance that is locked. */
export function UnlockPage({ instance, listHref }: UnlockPageProps) {
  const methods = useQuery(unlockMethodsQuery(instance.id));
  const slow = useSlow(methods.isPending);
  return (
    <div className="kt-page kt-unlock">
      <Stack gap={7}>
        <Stack gap={3}>
          <h1 className="kt-page__title">Unlock {instance.name}</h1>
          <p className="kt-unlock__instance">
            <InstanceMark name={instance.name} color={instance.color} />
            {kindNames[instance.kind]}
          </p>
        </Stack>
        {slow && <Loading withOverlay={false} small description="Reading the unlock methods" />}
        {methods.isError && (
          <ProblemNotice error={methods.error} action={{ label: 'Try again', run: () => void methods.refetch() }} />
        )}
        {methods.data && instance.kind === 'sample' && <OpenSample id={instance.id} />}
        {methods.data && instance.kind === 'local' && <UnlockChoices id={instance.id} methods={methods.data} />}
        <Link href={listHref}>Resource List</Link>
      </Stack>
    </div>
  );
}

/** Sample data guards nothing: there is nothing to type. */
function OpenSample({ id }: { id: string }) {
  const client = useQueryClient();
  const open = useAction(async () => {
    await commands.openInstance(id);
    await switchInstance(client);
  });
  return (
    <Stack gap={5}>
      <Button onClick={open.run}>Open the sample data</Button>
      {open.slow && <InlineLoading description="Opening…" />}
      <ProblemNotice error={open.error} />
    </Stack>
  );
}
