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
import { LeaseField } from '../types/iam-credentials/lease-field';
import { rotationHindrance } from '../types/iam-credentials/new-iam-credentials';
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
  const { metadata } = secret;
  const reuse = metadata.secret_type !== 'iam_credentials' || metadata.reuse_api_key;
  const hindrance = form.ttl && rotationHindrance({ reuse, ttl: form.ttl });
  const fault = (field: string) => fieldError(error, field) ?? fieldError(outlook.data?.hindrance, field);
  return (
    <Stack gap={6}>
      <DueFacts secret={secret} />
      {secret.due?.by === 'reminder' && <Snooze secret={secret} reload={reload} />}
      {form.ttl && (
        <LeaseField
          lease={form.ttl}
          onChange={(ttl) => onChange({ ttl })}
          helperText="1 minute to 90 days, for API keys that are made from now on. The present one keeps its end."
          error={fault('ttl')}
        />
      )}
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
      ) : secret.rotates_alone && (hindrance === null || form.rotation.on) ? (
        <AutoRotationField
          rotation={form.rotation}
          onChange={(rotation) => onChange({ rotation })}
          error={fault('rotation')}
        />
      ) : (
        <p className="kt-due-text">
          {hindrance ?? 'Secrets of this type cannot rotate by themselves: their value comes from you.'}
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
