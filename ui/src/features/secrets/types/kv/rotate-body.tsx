import { Stack } from '@carbon/react';
import type { RotationProps } from '../secret-type';
import { BeginWithCurrent } from './begin-with-current';
import { DataField } from './data-field';
import type { ObjectDraft } from './object-draft';

/** The object that replaces the current one, which may be begun with. */
export function RotateBody({ secretId, draft, onChange, error }: RotationProps<ObjectDraft>) {
  return (
    <Stack gap={5}>
      <BeginWithCurrent secretId={secretId} draft={draft} onChange={onChange} />
      <DataField draft={draft} onChange={onChange} error={error} />
    </Stack>
  );
}
