import { IntervalField } from './interval-field';
import { reminderFault, type ReminderDraft } from './reminder';

type ReminderFieldProps = {
  reminder: ReminderDraft;
  onChange: (reminder: ReminderDraft) => void;
  error?: string | undefined;
};

const units = ['day'] as const;

/** Whether a person is reminded to rotate, and how often. */
export function ReminderField({ reminder, onChange, error }: ReminderFieldProps) {
  return (
    <IntervalField
      legend="Reminder"
      prefix="Every"
      interval={reminder}
      units={units}
      onChange={onChange}
      onOff={() => onChange(null)}
      error={reminderFault(reminder) ?? error}
      helperText="Says when it is time to rotate, counted from the last rotation."
    />
  );
}
