import { lifetimeWords } from '../../../components/lifetime';
import { RelativeDate } from '../../../components/relative-date';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { keyWords } from '../form/key-choice';
import { subjectParts } from '../form/subject';
import { FactList, type Fact } from './fact-list';
import { PemText } from './pem-text';

/** What an authority is, its certificate or request, and its revocation list. */
export function AuthorityFacts({ authority }: { authority: AuthorityConfiguration }) {
  const { data, crl } = authority;
  const chain = data.ca_chain ?? [];
  return (
    <>
      <FactList title="Certificate authority" facts={authorityFacts(authority)} />
      <FactList
        title="Revocation list"
        facts={[
          { label: 'CRL building', value: authority.crl_disable ? 'Off: the list stays empty' : 'On' },
          { label: 'CRL TTL', value: lifetimeWords(authority.crl_expiry_seconds) },
          { label: 'Revoked', value: crl ? crl.revoked : '—' },
          { label: 'Number', value: crl ? crl.number : '—' },
          { label: 'Made', value: <RelativeDate value={crl?.this_update} /> },
          { label: 'Next update', value: <RelativeDate value={crl?.next_update} /> },
        ]}
      />
      {data.certificate !== undefined && <PemText label="Certificate" text={data.certificate} />}
      {chain.length > 0 && <PemText label="Chain" text={chain.join('')} />}
      {data.csr && <PemText label="CSR" text={data.csr} />}
    </>
  );
}

function authorityFacts(authority: AuthorityConfiguration): Fact[] {
  const { signing_method, max_path_length, permitted_dns_domains, revoked_at } = authority;
  const subject = subjectParts.flatMap(({ part, label }) => {
    const value = authority[part]?.join(', ') ?? '';
    return value === '' ? [] : [{ label, value }];
  });
  return [
    { label: 'Common name', value: authority.common_name },
    ...subject,
    { label: 'Expires', value: <RelativeDate value={authority.expiration_date} none="Not signed yet" /> },
    ...(revoked_at ? [{ label: 'Revoked', value: <RelativeDate value={revoked_at} /> }] : []),
    ...(signing_method ? [{ label: 'Signing', value: signing_method === 'internal' ? 'Internal signing' : 'External signing' }] : []),
    ...(authority.issuer ? [{ label: 'Signed by', value: authority.issuer }] : []),
    { label: 'Key algorithm', value: keyWords(authority) },
    { label: 'Maximum TTL', value: lifetimeWords(authority.max_ttl_seconds) },
    { label: 'Maximum path length', value: max_path_length === -1 ? 'Any number' : max_path_length },
    { label: 'Permitted DNS domains', value: permitted_dns_domains.join(', ') || 'Any' },
  ];
}
