import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type ConfigurationView, type Problem } from '../../../ipc/bindings';
import { refreshConfigurations, type AuthorityConfiguration } from '../../../ipc/configurations';
import { unplaced } from '../../../ipc/problem';
import { isSigningComplete, signingFields, signingOptions, usualSigning } from '../form/signing';
import { SigningFields } from '../form/signing-fields';
import { goneParent } from './hindrances';

type SignDialogProps = {
  authority: AuthorityConfiguration;
  /** The authority that signs it. */
  parent: ConfigurationView | null;
  onClose: () => void;
  onDone: () => void;
};

/** **Sign certificate** of an authority that another one of this instance signs, also when it did so before. */
export function SignDialog({ authority, parent, onClose, onDone }: SignDialogProps) {
  const client = useQueryClient();
  const [signing, setSigning] = useState(usualSigning);
  const { name } = authority;
  const ready = isSigningComplete(signing);
  const sign = useAction(async () => {
    if (!parent) {
      const gone: Problem = { code: 'not_found', message: goneParent(authority) };
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal like those of Rust
      throw gone;
    }
    await commands.actOnConfiguration(parent.configuration.config_type, parent.configuration.name, {
      action_type: 'private_cert_configuration_action_sign_intermediate',
      intermediate_certificate_authority: name,
      ...signingOptions(signing),
    });
    await refreshConfigurations(client);
    onDone();
  });
  const submit = () => ready && void sign.run();
  const { leaving, close } = useLeaveGuard(signing, () => signing !== usualSigning, onClose);
  const signer = parent?.configuration.name ?? authority.issuer;
  return (
    <TaskDialog
      heading={`Sign certificate of ${name}`}
      size="md"
      task={{ label: 'Sign', run: submit, disabled: !ready, slow: sign.slow, progress: 'Signing…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={sign.error}>
        <Stack gap={6}>
          <p>
            {authority.data.certificate === undefined
              ? `${signer} signs the request of this authority, which can sign certificates from then on.`
              : `${signer} signs it once more: it gets a new certificate for the same key. What it signed stays valid.`}
          </p>
          <SigningFields
            signing={signing}
            onChange={(part) => {
              sign.clear();
              setSigning((before) => ({ ...before, ...part }));
            }}
            error={sign.error}
          />
        </Stack>
      </EnterForm>
      <ProblemNotice error={unplaced(sign.error, signingFields)} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
