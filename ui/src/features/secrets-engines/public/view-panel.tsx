import { Stack } from '@carbon/react';
import { SidePanel } from '../../../components/side-panel';
import {
  isPublicAuthority,
  type DnsProviderConfiguration,
  type PublicAuthorityConfiguration,
} from '../../../ipc/configurations';
import { FactList, type Fact } from '../details/fact-list';
import { generalFacts } from '../details/general-facts';
import { PemText } from '../details/pem-text';
import type { PublicView } from './opening';
import { accountWords, kindOf, tsigAlgorithms } from './words';

/** **View configuration**: everything about an authority or DNS provider, except its keys, which never leave. */
export function ViewPanel({ view, onClose }: { view: PublicView; onClose: () => void }) {
  const { configuration } = view;
  return (
    <SidePanel title={configuration.name} subtitle={kindOf(configuration)} onClose={onClose}>
      <Stack gap={6} className="kt-engine-details">
        <FactList title="General" facts={generalFacts(view)} />
        {isPublicAuthority(configuration) ? (
          <AuthorityFacts authority={configuration} />
        ) : (
          <FactList title="DNS provider" facts={providerFacts(configuration)} />
        )}
      </Stack>
    </SidePanel>
  );
}

function AuthorityFacts({ authority }: { authority: PublicAuthorityConfiguration }) {
  const acme = authority.config_type === 'public_cert_configuration_ca_acme' ? authority : null;
  return (
    <>
      <FactList
        title="Certificate authority"
        facts={[
          { label: 'Kind', value: kindOf(authority) },
          ...(acme ? [{ label: 'Directory address', value: acme.directory_url }] : []),
          { label: 'Preferred chain', value: chainOf(authority) ?? 'The usual one' },
        ]}
      />
      <FactList
        title="Account"
        facts={[
          { label: 'Address', value: accountWords(authority) },
          { label: 'Key algorithm', value: authority.account_key_algorithm },
          { label: 'Contact', value: authority.contact.join(', ') || 'None' },
          ...(acme?.external_account_key_id
            ? [{ label: 'External account', value: acme.external_account_key_id }]
            : []),
        ]}
      />
      {acme?.root_certificate && <PemText label="Root certificate" text={acme.root_certificate} />}
    </>
  );
}

function chainOf(authority: PublicAuthorityConfiguration): string | null | undefined {
  return authority.config_type === 'public_cert_configuration_ca_acme'
    ? authority.preferred_chain
    : authority.lets_encrypt_preferred_chain;
}

function providerFacts(provider: DnsProviderConfiguration): Fact[] {
  return [
    { label: 'Kind', value: kindOf(provider) },
    { label: 'Server', value: provider.server },
    { label: 'Zone', value: provider.zone ?? 'That of each record' },
    { label: 'Key name', value: provider.tsig_key_name },
    { label: 'Algorithm', value: tsigAlgorithms[provider.tsig_algorithm ?? 'hmac-sha256'] },
  ];
}
