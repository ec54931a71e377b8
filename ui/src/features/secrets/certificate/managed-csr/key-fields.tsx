import { Select, SelectItem, Stack, Toggle } from '@carbon/react';
import type { KeyType } from '../../../../ipc/bindings';
import { fieldError } from '../../../../ipc/problem';
import { keySizes } from './request';
import type { RequestProps } from './request-fields';

const kinds: Record<KeyType, string> = { rsa: 'RSA', ec: 'EC (NIST curve)', ed25519: 'Ed25519' };

/** The key of a request, and whether an update makes a new one. */
export function KeyFields({ request, onChange, error }: RequestProps) {
  const kind = request.key_type ?? 'rsa';
  const sizes = keySizes[kind];
  const kindFault = fieldError(error, 'key_type');
  const sizeFault = fieldError(error, 'key_bits');
  return (
    <Stack gap={5}>
      <Select
        id="kt-csr-key-type"
        labelText="Key type"
        helperText="Another type or size makes a new key."
        value={kind}
        invalid={kindFault !== undefined}
        invalidText={kindFault ?? ''}
        onChange={({ target }) => {
          const next = target.value as KeyType;
          onChange({ key_type: next, key_bits: keySizes[next][0] ?? null });
        }}
      >
        {(Object.keys(kinds) as KeyType[]).map((key) => (
          <SelectItem key={key} value={key} text={kinds[key]} />
        ))}
      </Select>
      {sizes.length > 0 && (
        <Select
          id="kt-csr-key-bits"
          labelText="Key size"
          value={request.key_bits ?? sizes[0] ?? ''}
          invalid={sizeFault !== undefined}
          invalidText={sizeFault ?? ''}
          onChange={({ target }) => onChange({ key_bits: Number(target.value) })}
        >
          {sizes.map((bits) => (
            <SelectItem key={bits} value={bits} text={`${bits} bits`} />
          ))}
        </Select>
      )}
      <Toggle
        id="kt-csr-rotate-keys"
        labelText="Make a new key"
        labelA="No"
        labelB="Yes, with the update"
        toggled={request.rotate_keys ?? false}
        onToggle={(on) => onChange({ rotate_keys: on })}
      />
    </Stack>
  );
}
