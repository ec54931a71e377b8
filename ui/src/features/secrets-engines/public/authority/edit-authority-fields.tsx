import { FormGroup, InlineNotification, Stack } from '@carbon/react';
import type { PublicAuthorityConfiguration, ViewOf } from '../../../../ipc/configurations';
import { Dependents } from '../../details/dependents';
import { FactList } from '../../details/fact-list';
import type { DraftForm } from '../draft-dialog';
import { environments } from '../words';
import type { AuthorityDraft } from './authority-draft';
import { ExternalAccountFields } from './external-account-fields';
import { KindField } from './kind-field';
import { AccountKeyField, ChainField, ContactField, RootField } from './shared-fields';

type EditAuthorityFieldsProps = DraftForm<AuthorityDraft> & { view: ViewOf<PublicAuthorityConfiguration> };

/** What can be changed about an authority: everything but which directory it is. */
export function EditAuthorityFields({ view, ...form }: EditAuthorityFieldsProps) {
  const { draft, change } = form;
  const { configuration: authority } = view;
  const presentKey = `the present one (${authority.account_key_algorithm}), which is never shown.`;
  const acme = authority.config_type === 'public_cert_configuration_ca_acme';
  return (
    <Stack gap={6}>
      {acme ? (
        <FactList
          title="Directory (cannot be changed)"
          facts={[{ label: 'Address', value: authority.directory_url }]}
        />
      ) : (
        <div>
          <KindField kind={draft.kind} only="environments" onChange={(kind) => change({ kind })} />
          {draft.kind !== authority.lets_encrypt_environment && <MoveWarning view={view} kind={draft.kind} />}
        </div>
      )}
      <ContactField {...form} />
      <AccountKeyField
        {...form}
        helperText={`Private key of another account, as PEM. Leave empty to keep ${presentKey}`}
      />
      <ChainField {...form} />
      {acme && <RootField {...form} />}
      {acme && (
        <FormGroup legendText="External account binding">
          <ExternalAccountFields {...form} bound={authority.external_account_key_id != null} />
        </FormGroup>
      )}
    </Stack>
  );
}

type MoveWarningProps = { view: ViewOf<PublicAuthorityConfiguration>; kind: AuthorityDraft['kind'] };

/** What becomes of the certificates that are ordered from it, when it is another directory. */
function MoveWarning({ view, kind }: MoveWarningProps) {
  const { configuration, used_by, used_total } = view;
  if (kind === 'acme' || used_total === 0) return null;
  return (
    <>
      <InlineNotification
        kind="warning"
        lowContrast
        hideCloseButton
        className="kt-problem"
        title={`The next certificates of what depends on it come from ${environments[kind]}.`}
        subtitle="A new account is made with the next order."
      />
      <Dependents label={`What depends on ${configuration.name}`} named={used_by} total={used_total} />
    </>
  );
}
