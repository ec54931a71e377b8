import { Stack } from '@carbon/react';
import type { PublicAuthorityConfiguration } from '../../../../ipc/configurations';
import { FactList } from '../../details/fact-list';
import type { DraftForm } from '../draft-dialog';
import type { AuthorityDraft } from './authority-draft';
import { KindField } from './kind-field';
import { AccountKeyField, ChainField, ContactField, RootField } from './shared-fields';

type EditAuthorityFieldsProps = DraftForm<AuthorityDraft> & { authority: PublicAuthorityConfiguration };

/** What can be changed about an authority: everything but which directory it is. */
export function EditAuthorityFields({ authority, ...form }: EditAuthorityFieldsProps) {
  const { draft, change } = form;
  const presentKey = `the present one (${authority.account_key_algorithm}), which is never shown.`;
  const acme = authority.config_type === 'public_cert_configuration_ca_acme';
  return (
    <Stack gap={6}>
      {acme ? (
        <FactList title="Directory (cannot be changed)" facts={fixedFacts(authority)} />
      ) : (
        <KindField kind={draft.kind} only="environments" onChange={(kind) => change({ kind })} />
      )}
      <ContactField {...form} />
      <AccountKeyField
        {...form}
        helperText={`Private key of another account, as PEM. Leave empty to keep ${presentKey}`}
      />
      <ChainField {...form} />
      {acme && <RootField {...form} />}
    </Stack>
  );
}

function fixedFacts(authority: Extract<PublicAuthorityConfiguration, { directory_url: string }>) {
  const { directory_url, external_account_key_id } = authority;
  return [
    { label: 'Address', value: directory_url },
    ...(external_account_key_id ? [{ label: 'External account', value: external_account_key_id }] : []),
  ];
}
