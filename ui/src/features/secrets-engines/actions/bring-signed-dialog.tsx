import { Stack, TextArea } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands } from '../../../ipc/bindings';
import { refreshConfigurations, type AuthorityConfiguration } from '../../../ipc/configurations';
import { fieldError, unplaced } from '../../../ipc/problem';

type BringSignedDialogProps = { authority: AuthorityConfiguration; onClose: () => void; onDone: () => void };

/** **Bring signed certificate**: the answer to the request of an authority that is signed elsewhere. */
export function BringSignedDialog({ authority, onClose, onDone }: BringSignedDialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState({ text: '' });
  const { name, config_type } = authority;
  const ready = draft.text.trim() !== '';
  const bring = useAction(async () => {
    await commands.actOnConfiguration(config_type, name, {
      action_type: 'private_cert_configuration_action_set_signed',
      certificate: draft.text,
    });
    await refreshConfigurations(client);
    onDone();
  });
  const submit = () => ready && void bring.run();
  const { leaving, close } = useLeaveGuard(draft, () => ready, onClose);
  const fault = fieldError(bring.error, 'certificate');
  return (
    <TaskDialog
      heading={`Bring the signed certificate of ${name}`}
      task={{ label: 'Bring', run: submit, disabled: !ready, slow: bring.slow, progress: 'Checking…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={bring.error}>
        <Stack gap={5}>
          <p>It must be made from the request of this authority. Once it is here, the authority can sign.</p>
          <TextArea
            id="kt-engine-signed"
            className="kt-engine__pem"
            labelText="Signed certificate"
            helperText="PEM. The certificates above it may follow, and are kept as its chain."
            rows={10}
            spellCheck={false}
            value={draft.text}
            onChange={(event) => {
              bring.clear();
              setDraft({ text: event.target.value });
            }}
            invalid={fault !== undefined}
            invalidText={fault ?? ''}
            data-modal-primary-focus
          />
        </Stack>
      </EnterForm>
      <ProblemNotice error={unplaced(bring.error, ['certificate'])} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
