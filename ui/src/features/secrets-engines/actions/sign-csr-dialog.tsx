import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { lifetimeFault, noLifetime, ttlText } from '../../../components/lifetime';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type ActionOutcome } from '../../../ipc/bindings';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { unplaced } from '../../../ipc/problem';
import { SignCsrFields, signCsrFields, type SignCsrDraft } from './sign-csr-fields';
import { SignedResult } from './signed-result';

type SignCsrDialogProps = { authority: AuthorityConfiguration; onClose: () => void };

const empty: SignCsrDraft = { csr: '', ttl: noLifetime('day'), pathLength: null, useValues: true };

/** **Sign CSR**: makes the certificate of an authority that is kept elsewhere, and shows it. */
export function SignCsrDialog({ authority, onClose }: SignCsrDialogProps) {
  const [draft, setDraft] = useState(empty);
  const [outcome, setOutcome] = useState<ActionOutcome | null>(null);
  const { name, config_type } = authority;
  const ready = draft.csr.trim() !== '' && lifetimeFault(draft.ttl) === null;
  const sign = useAction(async () => {
    const ttl = ttlText(draft.ttl);
    const signed = await commands.actOnConfiguration(config_type, name, {
      action_type: 'private_cert_configuration_action_sign_csr',
      csr: draft.csr,
      use_csr_values: draft.useValues,
      ...(ttl === null ? {} : { ttl }),
      ...(draft.pathLength === null ? {} : { max_path_length: draft.pathLength }),
    });
    setOutcome(signed);
  });
  const submit = () => ready && void sign.run();
  const { leaving, close } = useLeaveGuard(draft, () => draft.csr !== '', onClose);

  if (outcome?.kind === 'signed') {
    return (
      <TaskDialog heading={`Signed by ${name}`} size="md" task={{ label: 'Done', run: onClose }} onClose={onClose} closeLabel="Close">
        <SignedResult outcome={outcome} />
      </TaskDialog>
    );
  }
  return (
    <TaskDialog
      heading={`Sign a request with ${name}`}
      size="md"
      task={{ label: 'Sign', run: submit, disabled: !ready, slow: sign.slow, progress: 'Signing…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={sign.error}>
        <SignCsrFields
          draft={draft}
          onChange={(part) => {
            sign.clear();
            setDraft((before) => ({ ...before, ...part }));
          }}
          error={sign.error}
        />
      </EnterForm>
      <ProblemNotice error={unplaced(sign.error, signCsrFields)} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
