import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useToasts } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { commands, type RecoveryCode as Code } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';
import { unplaced } from '../../ipc/problem';
import { RecoveryAdvice } from './recovery-advice';
import { RecoveryCode } from './recovery-code';
import { RecoveryGroups, useRecoveryAnswers } from './recovery-groups';

type Step = 'advice' | 'show' | 'confirm';

/** A recovery code for a vault that is open: made, written down, confirmed. */
export function RecoveryDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToasts();
  const [step, setStep] = useState<Step>('advice');
  const [code, setCode] = useState<Code | null>(null);
  const groups = useRecoveryAnswers(code);

  const make = useAction(async () => {
    setCode(await commands.newRecoveryCode());
    setStep('show');
  });
  const confirm = useAction(async () => {
    await commands.confirmRecoveryCode(groups.answers);
    groups.forget();
    await refreshInstances(client);
    toast({ title: 'The recovery code is set up', subtitle: 'An earlier code no longer opens the vault.' });
    onClose();
  });

  if (step === 'advice') {
    const task = { label: 'Show a new code', run: make.run, slow: make.slow, progress: 'Making the code…' };
    return (
      <TaskDialog key={step} size="md" heading="New recovery code" task={task} onClose={onClose}>
        <Stack gap={5}>
          <RecoveryAdvice />
          <p className="kt-advice">An earlier code stays valid until you confirm the new one.</p>
          <ProblemNotice error={make.error} />
        </Stack>
      </TaskDialog>
    );
  }
  if (step === 'show' && code) {
    const task = { label: 'I wrote it down', run: () => setStep('confirm') };
    return (
      <TaskDialog key={step} size="md" heading="Write down the recovery code" task={task} onClose={onClose}>
        <RecoveryCode code={code} />
      </TaskDialog>
    );
  }
  const submit = () => groups.complete && void confirm.run();
  const task = { label: 'Confirm', run: submit, disabled: !groups.complete, slow: confirm.slow, progress: 'Confirming…' };
  const back = { label: 'Back', run: () => setStep('show') };
  return (
    <TaskDialog key={step} size="md" heading="Confirm the recovery code" task={task} back={back} onClose={onClose}>
      <EnterForm onSubmit={submit} error={confirm.error}>
        <Stack gap={5}>
          <p className="kt-advice">Type these two groups from what you wrote down.</p>
          <RecoveryGroups answers={groups.answers} onType={groups.type} error={confirm.error} />
          <ProblemNotice error={unplaced(confirm.error, ['recovery_code'])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
