import { Button, InlineLoading, Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { commands, type RecoveryCode } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';
import { unplaced } from '../../ipc/problem';
import { RecoveryGroups, useRecoveryAnswers } from './recovery-groups';

type RecoveryConfirmProps = { code: RecoveryCode; onConfirmed: () => void; onBack: () => void };

/** Two groups typed again show that the code is on paper. */
export function RecoveryConfirm({ code, onConfirmed, onBack }: RecoveryConfirmProps) {
  const client = useQueryClient();
  const groups = useRecoveryAnswers(code);
  const confirm = useAction(async () => {
    await commands.confirmRecoveryCode(groups.answers);
    groups.forget();
    await refreshInstances(client);
    onConfirmed();
  });
  const step = useRef<HTMLDivElement>(null);
  useEffect(() => step.current?.querySelector('input')?.focus(), []);

  return (
    <div ref={step}>
      <EnterForm onSubmit={() => groups.complete && void confirm.run()} error={confirm.error}>
        <Stack gap={6}>
          <h2 className="kt-start__step">Confirm the recovery code</h2>
          <p className="kt-advice">Type these two groups from what you wrote down.</p>
          <RecoveryGroups answers={groups.answers} onType={groups.type} error={confirm.error} />
          <ProblemNotice error={unplaced(confirm.error, ['recovery_code'])} />
          <div className="kt-start__buttons">
            <Button kind="secondary" onClick={onBack} disabled={confirm.busy}>
              Show the code again
            </Button>
            <Button type="submit" disabled={!groups.complete}>
              Confirm
            </Button>
            {confirm.slow && <InlineLoading description="Confirming…" />}
          </div>
        </Stack>
      </EnterForm>
    </div>
  );
}
