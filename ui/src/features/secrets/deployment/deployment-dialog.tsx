import { Stack } from '@carbon/react';
import { fieldError, unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { TextField } from '../../../components/text-field';
import type { SecretRef } from '../facts';
import { useDeployment, type Asked } from './use-deployment';
import { VerdictFacts, VerdictList } from './verdict-view';

const shared = { autoComplete: 'off', spellCheck: false };

/** **Check deployment**: which certificate a server serves, against the versions of this one. */
export function DeploymentDialog({ secret, onClose }: { secret: SecretRef; onClose: () => void }) {
  const { asked, change, check, result, error, tried } = useDeployment(secret.id);
  const addressFault = fieldError(error, 'address');
  const nameFault = fieldError(error, 'server_name');
  return (
    <TaskDialog
      heading="Check deployment"
      task={{
        label: result ? 'Check again' : 'Check',
        run: () => void check.run(),
        slow: check.slow,
        progress: 'Asking the server…',
      }}
      closeLabel="Close"
      onClose={onClose}
      size="md"
      className="kt-dialog"
    >
      <EnterForm onSubmit={() => void check.run()} error={error}>
        <Stack gap={5}>
          <p className="kt-dialog__lead">
            Asks a server which certificate it serves, and compares it with the versions of <strong>{secret.name}</strong>.
            Nothing of the certificate is sent.
          </p>
          <TextField
            {...shared}
            id="kt-deployment-address"
            data-modal-primary-focus=""
            labelText="Host and port"
            placeholder="www.example.com:443"
            helperText="The port is 443 if there is none."
            value={asked.address}
            onChange={(event) => change({ address: event.target.value })}
            invalid={addressFault !== undefined}
            invalidText={addressFault ?? ''}
          />
          <TextField
            {...shared}
            id="kt-deployment-name"
            labelText="Server name (SNI) (optional)"
            helperText="The name the server is asked for, if it is not its host."
            value={asked.serverName}
            onChange={(event) => change({ serverName: event.target.value })}
            invalid={nameFault !== undefined}
            invalidText={nameFault ?? ''}
          />
          <ProblemNotice error={unplaced(error, ['address', 'server_name'])} />
          {tried && <p>{triedWords(tried)}</p>}
          {/* there before the first answer, so that each one is read out */}
          <div role="status">{result && <VerdictList check={result} />}</div>
          {result && <VerdictFacts check={result} />}
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}

function triedWords({ address, serverName }: Asked): string {
  return serverName ? `Tried: ${address}, asked for the name ${serverName}.` : `Tried: ${address}.`;
}
