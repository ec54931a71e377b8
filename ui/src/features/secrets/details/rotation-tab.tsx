import { Stack } from '@carbon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { PolicyOutlook, SecretView } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { DueFacts } from '../due/due-facts';
import { Snooze } from '../due/snooze';
import { AutoRotationField } from '../fields/auto-rotation-field';
import { PublicRotationField } from '../fields/public-rotation-field';
import { ReminderField } from '../fields/reminder-field';
import { isManual } from '../orders/issuance';
import { PolicyEffect } from './policy-effect';
import type { Changes, Editable } from './secret-edit';

type RotationTabProps = {
  secret: SecretView;
  form: Editable;
  onChange: (changes: Changes) => void;
  outlook: UseQueryResult<PolicyOutlook>;
  reload: () => Promise<unknown>;
  error: unknown;
};

/** When the secret is due and why; automatic rotation, or a reminder while that is off. */
export function RotationTab({ secret, form, onChange, outlook, reload, error }: RotationTabProps) {
  const fault = (field: string) => fieldError(error, field) ?? fieldError(outlook.data?.hindrance, field);
  return (
    <Stack gap={6}>
      <DueFacts secret={secret} />
      {secret.due?.by === 'reminder' && <Snooze secret={secret} reload={reload} />}
      {form.rotation.newKeys !== undefined ? (
        <PublicRotationField
          rotates={form.rotation.on}
          newKeys={form.rotation.newKeys}
          manual={isManual(secret.metadata)}
          onChange={({ rotates: on = form.rotation.on, newKeys = form.rotation.newKeys }) =>
            onChange({ rotation: { ...form.rotation, on, ...(newKeys !== undefined && { newKeys }) } })
          }
          error={fault('rotation')}
        />
      ) : secret.rotates_alone ? (
        <AutoRotationField
          rotation={form.rotation}
          onChange={(rotation) => onChange({ rotation })}
          error={fault('rotation')}
        />
      ) : (
        <p className="kt-due-text">
          Secrets of this type cannot rotate by themselves: their value comes from you.
        </p>
      )}
      {!form.rotation.on && (
        <ReminderField
          reminder={form.reminder}
          onChange={(reminder) => onChange({ reminder })}
          error={fault('reminder')}
        />
      )}
      <PolicyEffect outlook={outlook} />
    </Stack>
  );
}
