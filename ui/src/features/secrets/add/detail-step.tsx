import { Stack } from '@carbon/react';
import { fieldError } from '../../../ipc/problem';
import { ReminderField } from '../fields/reminder-field';
import type { SecretTypeModule } from '../types/secret-type';
import { remindable, type AddDraft } from './add-form';

type DetailStepProps = {
  type: SecretTypeModule;
  draft: AddDraft;
  onChange: (part: Partial<AddDraft>) => void;
  onEngines: () => void;
  error: unknown;
};

/** What the type needs; and, unless the instance rotates by itself, whether a person is reminded to. */
export function DetailStep({ type, draft, onChange, onEngines, error }: DetailStepProps) {
  const { Body } = type.add;
  return (
    <Stack gap={7}>
      <Body
        groupId={draft.group}
        draft={draft.detail}
        onChange={(detail) => onChange({ detail })}
        onEngines={onEngines}
        error={error}
      />
      {remindable(type, draft) && (
        <ReminderField
          reminder={draft.reminder}
          onChange={(reminder) => onChange({ reminder })}
          error={fieldError(error, 'reminder')}
        />
      )}
    </Stack>
  );
}
