import { Button, Toggle } from '@carbon/react';
import { useState } from 'react';
import { relativeTime } from '../../../components/relative-time';
import { dayIn, expirationAt, expirationFault, type ExpirationDraft } from '../../../components/expiration';
import { TextField } from '../../../components/text-field';

type ExpirationFieldProps = {
  expiration: ExpirationDraft;
  onChange: (expiration: ExpirationDraft) => void;
  error?: string | undefined;
};

const terms = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 180, label: '180 days' },
  { days: 365, label: '1 year' },
];

/** Whether and when a secret expires. After that its value cannot be read any more. */
export function ExpirationField({ expiration, onChange, error }: ExpirationFieldProps) {
  const [left, setLeft] = useState(false);
  const fault = left || expiration.day.length >= 10 ? expirationFault(expiration) : null;
  const at = expirationAt(expiration);
  return (
    <div className="kt-field">
      <Toggle
        id="kt-expiration"
        labelText="Expiration"
        labelA="Never expires"
        labelB="Expires"
        toggled={expiration.on}
        onToggle={(on) => onChange({ on, day: expiration.day || (on ? dayIn(90) : '') })}
      />
      {expiration.on && (
        <>
          <TextField
            id="kt-expiration-day"
            className="kt-field__short"
            labelText="Expiration date"
            placeholder="YYYY-MM-DD"
            autoComplete="off"
            value={expiration.day}
            onChange={(event) => onChange({ on: true, day: event.target.value })}
            onBlur={() => setLeft(true)}
            invalid={(error ?? fault) != null}
            invalidText={error ?? fault ?? ''}
            helperText={at ? `Unreadable after this day, ${relativeTime(new Date(at), new Date())}.` : 'YYYY-MM-DD'}
          />
          <div className="kt-field__choices" role="group" aria-label="Expire in">
            {terms.map(({ days, label }) => (
              <Button key={days} kind="tertiary" size="sm" onClick={() => onChange({ on: true, day: dayIn(days) })}>
                {label}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
