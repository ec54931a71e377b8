import { Button, InlineLoading, MenuButton, MenuItem } from '@carbon/react';
import { useEffect, useId, useRef } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { isSoonDue, snoozedUntil, soonDays } from './due-dates';
import { useSnooze } from './use-snooze';

const terms = [
  { days: 1, label: '1 day' },
  { days: 7, label: '1 week' },
  { days: 30, label: '30 days' },
];

type SnoozeProps = { secret: SecretView; reload: () => Promise<unknown> };

/** **Snooze** and **Wake now** for the reminder of a secret. */
export function Snooze({ secret, reload }: SnoozeProps) {
  const { snooze, wake, slow, error, conflict, review } = useSnooze(secret, reload);
  const snoozed = snoozedUntil(secret) !== null;
  const part = useFocusAfterWaking(snoozed);
  const reason = useId();
  const hindrance = whyNot(secret);
  return (
    <div className="kt-snooze" ref={part}>
      <div className="kt-snooze__buttons" role="group" aria-label="Snooze the reminder" aria-describedby={reason}>
        <MenuButton label="Snooze" kind="tertiary" size="md" menuAlignment="bottom-start" disabled={hindrance !== null}>
          {terms.map(({ days, label }) => (
            <MenuItem key={days} label={label} onClick={() => snooze(days)} />
          ))}
        </MenuButton>
        {snoozed && (
          <Button kind="ghost" size="md" disabled={secret.availability.edit != null} onClick={wake}>
            Wake now
          </Button>
        )}
        {slow && <InlineLoading description="Saving…" />}
      </div>
      <p id={reason} className="kt-snooze__note">
        {hindrance ?? 'Takes effect at once. The next rotation ends it.'}
      </p>
      <ProblemNotice
        error={error ?? review.error}
        {...(conflict ? { action: { label: 'Reload and review', run: () => void review.run() } } : {})}
      />
    </div>
  );
}

function whyNot(secret: SecretView): string | null {
  if (secret.availability.edit) return secret.availability.edit;
  return isSoonDue(secret) ? null : `It can be snoozed from ${soonDays} days before its date.`;
}

/** **Wake now** goes with the snooze; its focus stays beside it. */
function useFocusAfterWaking(snoozed: boolean) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (snoozed || document.activeElement !== document.body) return;
    const heir = part.current?.querySelector<HTMLElement>('button:not(:disabled)');
    (heir ?? part.current?.closest<HTMLElement>('[role="dialog"]'))?.focus({ preventScroll: true });
  }, [snoozed]);
  return part;
}
