import { RadioButton, RadioButtonGroup } from '@carbon/react';
import { environments } from '../words';
import type { AuthorityKind } from './authority-draft';

type KindFieldProps = {
  kind: AuthorityKind;
  onChange: (kind: AuthorityKind) => void;
  /** Another directory is another authority, so one that is there cannot become one. */
  only?: 'environments';
};

const kinds: readonly { kind: AuthorityKind; label: string }[] = [
  { kind: 'production', label: environments.production },
  { kind: 'staging', label: environments.staging },
  { kind: 'acme', label: 'Another ACME directory' },
];

const meanings: Readonly<Record<AuthorityKind, string>> = {
  production: 'Everybody trusts its certificates. It counts orders, so try out with Staging first.',
  staging: 'For trying out: nobody trusts its certificates, and it allows many orders.',
  acme: 'An authority of another company, or your own, that speaks ACME (RFC 8555).',
};

/** Which authority it is. */
export function KindField({ kind, onChange, only }: KindFieldProps) {
  return (
    <RadioButtonGroup
      legendText="Kind"
      name="kt-public-kind"
      orientation="vertical"
      valueSelected={kind}
      helperText={meanings[kind]}
      onChange={(value) => {
        const chosen = kinds.find((each) => each.kind === value);
        if (chosen) onChange(chosen.kind);
      }}
    >
      {kinds
        .filter((each) => only === undefined || each.kind !== 'acme')
        .map((each) => (
          <RadioButton key={each.kind} id={`kt-public-${each.kind}`} value={each.kind} labelText={each.label} />
        ))}
    </RadioButtonGroup>
  );
}
