import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { DnsForm } from './dns-form';
import { dnsLookupQuery } from './queries';
import { SettingsSection } from './settings-section';

/** Whom **Check DNS** asks for the records of an order. */
export function DnsChecks() {
  const { data: lookup, error, refetch } = useQuery(dnsLookupQuery);
  return (
    <SettingsSection
      title="DNS checks"
      lead="Before an authority looks, Keyturn asks these servers whether the records of an order are there."
    >
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {lookup && <DnsForm lookup={lookup} />}
    </SettingsSection>
  );
}
