import { Accordion, RadioButton, RadioButtonGroup, Stack } from '@carbon/react';
import { FoldedSection } from '../../../../components/folded-section';
import { TextField } from '../../../../components/text-field';
import { fieldError } from '../../../../ipc/problem';
import { faultWithin } from '../../form/fault-within';
import { NameField } from '../../form/name-field';
import type { DraftForm } from '../draft-dialog';
import type { AuthorityDraft } from './authority-draft';
import { ExternalAccountFields, externalNames } from './external-account-fields';
import { KindField } from './kind-field';
import { AccountKeyField, ChainField, chainNames, ContactField, RootField } from './shared-fields';

/** Everything about a new authority. */
export function NewAuthorityFields(form: DraftForm<AuthorityDraft>) {
  const { draft, change, error } = form;
  const acme = draft.kind === 'acme';
  const directory = fieldError(error, 'directory_url');
  return (
    <Stack gap={6}>
      <KindField
        kind={draft.kind}
        // the key of an external account is for another directory alone
        onChange={(kind) => change(kind === 'acme' ? { kind } : { kind, externalKey: '' })}
      />
      <NameField name={draft.name} onChange={(name) => change({ name })} error={error} />
      {acme && (
        <TextField
          id="kt-public-directory"
          labelText="Directory address"
          helperText="It begins with https:// and cannot be changed later."
          autoComplete="off"
          spellCheck={false}
          value={draft.directory}
          onChange={(event) => change({ directory: event.target.value })}
          invalid={directory !== undefined}
          invalidText={directory ?? ''}
        />
      )}
      <RadioButtonGroup
        legendText="Account"
        name="kt-public-account"
        orientation="vertical"
        valueSelected={draft.ownKey ? 'own' : 'made'}
        onChange={(value) => change(value === 'own' ? { ownKey: true } : { ownKey: false, accountKey: '' })}
      >
        <RadioButton id="kt-public-account-made" value="made" labelText="Make a new account key" />
        <RadioButton id="kt-public-account-own" value="own" labelText="Bring an account key" />
      </RadioButtonGroup>
      {draft.ownKey && (
        <AccountKeyField
          {...form}
          helperText="Private key as PEM: RSA of 2048 bits or more, or EC on P-256 or P-384. It is never shown again."
        />
      )}
      <ContactField {...form} />
      <Accordion size="md" align="start">
        {acme && (
          <FoldedSection title="Root certificate" fault={faultWithin(error, ['root_certificate'])}>
            <RootField {...form} />
          </FoldedSection>
        )}
        {acme && (
          <FoldedSection title="External account binding" fault={faultWithin(error, externalNames)}>
            <ExternalAccountFields {...form} />
          </FoldedSection>
        )}
        <FoldedSection title="Chain" fault={faultWithin(error, chainNames)}>
          <ChainField {...form} />
        </FoldedSection>
      </Accordion>
      <p>
        With <strong>Add</strong> you agree to the terms of service of {acme ? 'this authority' : "Let's Encrypt"}. The
        account is made there with the first order.
      </p>
    </Stack>
  );
}
