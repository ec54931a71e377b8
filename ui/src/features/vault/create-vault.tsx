import { ProgressIndicator, ProgressStep, Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useUnsavedInput } from '../../components/open-input';
import type { RecoveryCode } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { CreateForm } from './create-form';
import { RecoveryConfirm } from './recovery-confirm';
import { RecoveryShow } from './recovery-show';

type Step = 'vault' | 'show' | 'confirm';
type CreateVaultProps = { onDone: () => void; onCancel: () => void };

const steps: readonly Step[] = ['vault', 'show', 'confirm'];

/** From nothing to an open vault whose recovery code is written down. */
export function CreateVault({ onDone, onCancel }: CreateVaultProps) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>('vault');
  // the only place that has the code; it goes with this page
  const [code, setCode] = useState<RecoveryCode | null>(null);
  useUnsavedInput(true);

  async function created(recovery: RecoveryCode | null) {
    await switchInstance(client);
    setCode(recovery);
    if (recovery) setStep('show');
    else onDone();
  }

  return (
    <div className="kt-page kt-start">
      <Stack gap={7}>
        <h1 className="kt-page__title">Create a vault on this computer</h1>
        <ProgressIndicator currentIndex={steps.indexOf(step)} spaceEqually>
          <ProgressStep label="Vault" />
          <ProgressStep label="Recovery code" />
          <ProgressStep label="Confirm" />
        </ProgressIndicator>
        {step === 'vault' && <CreateForm onCreated={created} onCancel={onCancel} />}
        {code && step === 'show' && (
          <RecoveryShow code={code} onWritten={() => setStep('confirm')} onLater={onDone} />
        )}
        {code && step === 'confirm' && (
          <RecoveryConfirm code={code} onConfirmed={onDone} onBack={() => setStep('show')} />
        )}
      </Stack>
    </div>
  );
}
