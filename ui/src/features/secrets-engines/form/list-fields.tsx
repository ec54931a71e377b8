import { Toggle } from '@carbon/react';
import { LifetimeField } from '../../../components/lifetime-field';
import type { Lifetime } from '../../../components/lifetime';
import { fieldError } from '../../../ipc/problem';

type ListFieldsProps = {
  on: boolean;
  expiry: Lifetime;
  onChange: (list: { on: boolean; expiry: Lifetime }) => void;
  error: unknown;
};

/** How the revocation list of an authority is made. */
export function ListFields({ on, expiry, onChange, error }: ListFieldsProps) {
  return (
    <>
      <Toggle
        id="kt-engine-crl"
        labelText="CRL building"
        labelA="Off: the list stays empty"
        labelB="On"
        toggled={on}
        onToggle={(toggled) => onChange({ on: toggled, expiry })}
      />
      <LifetimeField
        id="kt-engine-crl-expiry"
        label="CRL TTL"
        helperText="How long a revocation list is valid. Keyturn makes the next one before it ends."
        lifetime={expiry}
        onChange={(changed) => onChange({ on, expiry: changed })}
        error={fieldError(error, 'crl_expiry')}
      />
    </>
  );
}
