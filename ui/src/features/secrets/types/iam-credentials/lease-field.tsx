import { LifetimeField } from '../../../../components/lifetime-field';
import type { Lifetime } from '../../../../components/lifetime';

type LeaseFieldProps = {
  lease: Lifetime;
  onChange: (lease: Lifetime) => void;
  helperText: string;
  error: string | undefined;
};

const units = ['minute', 'hour', 'day'] as const;

/** **Lease duration**: how long an API key lives. */
export function LeaseField({ lease, onChange, helperText, error }: LeaseFieldProps) {
  return (
    <LifetimeField
      id="kt-iam-lease"
      label="Lease duration"
      helperText={helperText}
      units={units}
      lifetime={lease}
      onChange={onChange}
      error={error}
    />
  );
}
