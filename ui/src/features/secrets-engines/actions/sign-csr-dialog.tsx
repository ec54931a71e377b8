import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type ActionOutcome } from '../../../ipc/bindings';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { unplaced } from '../../../ipc/problem';
import { isPemFilled, pemTargets } from '../form/pem';
import { isSigningComplete, signingFields, signingOptions, usualSigning } from '../form/signing';
import { usePem } from '../form/use-pem';
import { SignCsrFields } from './sign-csr-fields';
import { SignedResult } from './signed-result';

type SignCsrDialogProps = { authority: AuthorityConfiguration; onClose: () => void };

/** **Sign CSR**: makes the certificate of an authority that is kept elsewhere, and shows it. */
export function SignCsrDialog({ authority, onClose }: SignCsrDialogProps) {
  const { pem, setPem, given, send } = usePem();
  const [signing, setSigning] = useState({ ...usualSigning, useValues: true });
  const [outcome, setOutcome] = useState<ActionOutcome | null>(null);
  const { name, config_type } = authority;
  const ready = given && isSigningComplete(signing);
  const sign = useAction(async () => {
    const signed = await send((csr) => commands.signCsr(config_type, name, csr, signingOptions(signing)));
    if (signed) setOutcome(signed);
  });
  const submit = () => ready && void sign.run();
  const { leaving, close } = useLeaveGuard(pem, () => isPemFilled(pem), onClose);

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
          csr={pem}
          onCsr={(csr) => {
            sign.clear();
            setPem(csr);
          }}
          signing={signing}
          onSigning={(part) => {
            sign.clear();
            setSigning((before) => ({ ...before, ...part }));
          }}
          error={sign.error}
        />
      </EnterForm>
      <ProblemNotice error={unplaced(sign.error, [...pemTargets('csr'), ...signingFields])} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
