import { Stack } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { RotateKeysField } from '../../fields/public-rotation-field';
import type { RotationProps } from '../secret-type';
import { manual } from './engines';
import { hasNewKeys, type PublicCertRotation } from './rotation';

/** The order that a rotation begins: with whom, and with which key. */
export function RotateBody({ draft, onChange, error }: RotationProps<PublicCertRotation>) {
  const { of } = draft;
  const refusal = fieldError(error, 'rotation');
  return (
    <Stack gap={5}>
      {of && (
        <p>
          It is ordered from {of.ca}.{' '}
          {of.dns === manual
            ? 'Once the order is stored, Challenges shows the TXT records to add to your DNS provider account.'
            : `The DNS provider ${of.dns} sets the TXT records by itself.`}
        </p>
      )}
      <RotateKeysField newKeys={hasNewKeys(draft)} onChange={(newKeys) => onChange({ ...draft, newKeys })} />
      {refusal !== undefined && (
        <p className="kt-field__error" role="alert">
          {refusal}
        </p>
      )}
    </Stack>
  );
}
