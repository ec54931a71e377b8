import { Callout, Select, SelectItem } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../../components/problem-notice';
import { configurationsQuery } from '../../../../ipc/configurations';
import { EnginesLink } from '../engines-link';
import { isDnsProvider, isPublicAuthority, manual } from './engines';
import type { NewPublicCert } from './new-public-cert';

type EngineFieldsProps = {
  draft: NewPublicCert;
  onChange: (part: Partial<NewPublicCert>) => void;
  onEngines: () => void;
  errors: { ca: string | undefined; dns: string | undefined };
};

/** Who issues the certificate, and who sets the records that prove its names. */
export function EngineFields({ draft, onChange, onEngines, errors }: EngineFieldsProps) {
  const read = useQuery(configurationsQuery);
  const configurations = (read.data ?? []).map(({ configuration }) => configuration);
  const authorities = configurations.filter(isPublicAuthority);
  return (
    <>
      {read.data && authorities.length === 0 && (
        <div>
          <Callout
            kind="warning"
            lowContrast
            className="kt-problem"
            title="Engine configuration required"
            subtitle="A public certificate is ordered from a certificate authority, and none is configured yet. Add one first."
          />
          <EnginesLink onEngines={onEngines} />
        </div>
      )}
      <ProblemNotice error={read.error} action={{ label: 'Try again', run: () => void read.refetch() }} />
      <Select
        id="kt-public-ca"
        labelText="Certificate authority"
        value={draft.ca}
        onChange={({ target }) => onChange({ ca: target.value })}
        invalid={errors.ca !== undefined}
        invalidText={errors.ca ?? ''}
      >
        <SelectItem value="" text="Choose a certificate authority" />
        {authorities.map(({ name }) => (
          <SelectItem key={name} value={name} text={name} />
        ))}
      </Select>
      <Select
        id="kt-public-dns"
        labelText="DNS provider"
        helperText={
          draft.dns === manual
            ? 'You add the TXT records to your DNS provider account yourself; Challenges tells which.'
            : 'It sets the TXT records by itself.'
        }
        value={draft.dns}
        onChange={({ target }) => onChange({ dns: target.value })}
        invalid={errors.dns !== undefined}
        invalidText={errors.dns ?? ''}
      >
        <SelectItem value={manual} text="Manual" />
        {configurations.filter(isDnsProvider).map(({ name }) => (
          <SelectItem key={name} value={name} text={name} />
        ))}
      </Select>
    </>
  );
}
