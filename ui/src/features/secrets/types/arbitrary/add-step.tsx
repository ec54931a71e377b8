import { Stack } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { ExpirationField } from '../../fields/expiration-field';
import { valueError } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import type { DraftProps } from '../secret-type';
import type { NewArbitrary } from './arbitrary';
import { payload } from './payload';

/** The value of a new secret, and when it ends. */
export function AddStep({ draft, onChange, error }: DraftProps<NewArbitrary>) {
  return (
    <Stack gap={7}>
      <ValueField
        value={draft.value}
        onChange={(value) => onChange({ ...draft, value })}
        kind={payload}
        error={valueError(payload, error)}
      />
      <ExpirationField
        expiration={draft.expiration}
        onChange={(expiration) => onChange({ ...draft, expiration })}
        error={fieldError(error, 'expiration_date')}
      />
    </Stack>
  );
}
