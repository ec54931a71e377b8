import { RadioButton, RadioButtonGroup, Select, SelectItem } from '@carbon/react';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { fieldError } from '../../../ipc/problem';
import { signingHindrance } from '../tree/standing';
import type { AuthorityDraft } from './authority-draft';

type KindFieldsProps = {
  draft: AuthorityDraft;
  onChange: (part: Partial<AuthorityDraft>) => void;
  authorities: readonly AuthorityConfiguration[];
  error: unknown;
};

/** Root or intermediate, and who signs the latter. */
export function KindFields({ draft: { kind, issuer }, onChange, authorities, error }: KindFieldsProps) {
  const able = authorities.filter((authority) => signingHindrance(authority) === null);
  const fault = fieldError(error, 'issuer');
  const signing = (to: 'internal' | 'external') =>
    onChange({ kind: to, issuer: issuer || (able.length === 1 ? (able[0]?.name ?? '') : '') });
  return (
    <>
      <RadioButtonGroup
        legendText="Kind"
        name="kt-engine-kind"
        valueSelected={kind === 'root' ? 'root' : 'intermediate'}
        onChange={(value) => (value === 'root' ? onChange({ kind: 'root' }) : signing(able.length > 0 ? 'internal' : 'external'))}
      >
        <RadioButton id="kt-engine-root" value="root" labelText="Root certificate authority" />
        <RadioButton id="kt-engine-intermediate" value="intermediate" labelText="Intermediate certificate authority" />
      </RadioButtonGroup>
      {kind !== 'root' && (
        <RadioButtonGroup
          legendText="Signing"
          name="kt-engine-signing"
          valueSelected={kind}
          onChange={(value) => signing(value === 'internal' ? 'internal' : 'external')}
          helperText={
            kind === 'internal'
              ? 'It is signed at once by the authority that you choose.'
              : 'Keyturn makes a key and a request. Have the request signed, and bring the certificate back.'
          }
        >
          <RadioButton
            id="kt-engine-internal"
            value="internal"
            labelText={able.length > 0 ? 'Internal signing' : 'Internal signing (no authority here can sign)'}
            disabled={able.length === 0}
          />
          <RadioButton id="kt-engine-external" value="external" labelText="External signing" />
        </RadioButtonGroup>
      )}
      {kind === 'internal' && (
        <Select
          id="kt-engine-issuer"
          labelText="Signed by"
          value={issuer}
          onChange={({ target }) => onChange({ issuer: target.value })}
          invalid={fault !== undefined}
          invalidText={fault ?? ''}
        >
          <SelectItem value="" text="Choose an authority" />
          {authorities.map((authority) => {
            const reason = signingHindrance(authority);
            const text = reason ? `${authority.name}: ${reason}` : authority.name;
            return <SelectItem key={authority.name} value={authority.name} text={text} disabled={reason !== null} />;
          })}
        </Select>
      )}
    </>
  );
}
