import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmationField } from '../../../components/confirmation-field';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands } from '../../../ipc/bindings';
import { refreshConfigurations, type AuthorityConfiguration } from '../../../ipc/configurations';

type RevokeDialogProps = { authority: AuthorityConfiguration; onClose: () => void; onDone: (title: string) => void };

/** **Revoke**: everything below the authority loses its trust, so its name is typed. */
export function RevokeDialog({ authority, onClose, onDone }: RevokeDialogProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const { name, config_type, issuer } = authority;
  const ready = typed === name;
  const revoke = useAction(async () => {
    if (!ready) return;
    await commands.actOnConfiguration(config_type, name, {
      action_type: 'private_cert_configuration_action_revoke_ca_certificate',
    });
    await refreshConfigurations(client);
    onDone(`Revoked ${name}`);
  });
  const submit = () => void revoke.run();
  return (
    <TaskDialog
      heading={`Revoke ${name}`}
      danger
      task={{ label: 'Revoke', run: submit, disabled: !ready, slow: revoke.slow, progress: 'Revoking…' }}
      onClose={onClose}
    >
      <Stack gap={6}>
        <p>
          The certificate of this authority goes onto the revocation list of {issuer ?? 'the authority that signed it'}.
          Every certificate below it is worth nothing from then on, and it can sign no more. This cannot be undone; a
          rotation gives it another key and certificate.
        </p>
        <EnterForm onSubmit={submit} error={revoke.error}>
          <ConfirmationField
            id="kt-revoke-name"
            label="Name of the authority"
            helperText={`Type ${name} to enable Revoke.`}
            typed={typed}
            onType={setTyped}
          />
        </EnterForm>
        <ProblemNotice error={revoke.error} />
      </Stack>
    </TaskDialog>
  );
}
