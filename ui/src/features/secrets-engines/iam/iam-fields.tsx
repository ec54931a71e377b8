import { Accordion, Stack, Toggle } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { PasswordTextField, TextField } from '../../../components/text-field';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from '../form/fault-within';
import { NameField } from '../form/name-field';
import type { DraftForm } from '../public/draft-dialog';
import { moreNames, type IamDraft } from './iam-draft';

type IamFieldsProps = DraftForm<IamDraft> & {
  /** Whether it has its name and key already. */
  named: boolean;
};

/** The API key that service IDs and API keys are made with, and where. */
export function IamFields({ draft, change, error, named }: IamFieldsProps) {
  const text = (name: string) => {
    const fault = fieldError(error, name);
    return { autoComplete: 'off', spellCheck: false, invalid: fault !== undefined, invalidText: fault ?? '' };
  };
  return (
    <Stack gap={6}>
      {!named && <NameField name={draft.name} onChange={(name) => change({ name })} error={error} />}
      <PasswordTextField
        {...text('api_key')}
        id="kt-iam-key"
        labelText="API key"
        helperText={
          named
            ? 'Another key. Leave empty to keep the present one, which is never shown.'
            : 'Of an identity that may manage service IDs (role Operator on the IAM Identity Service) and access groups (role Editor). It is never shown again.'
        }
        showPasswordLabel="Show API key"
        hidePasswordLabel="Hide API key"
        value={draft.apiKey}
        onChange={(event) => change({ apiKey: event.target.value })}
      />
      <div className="kt-field">
        <Toggle
          id="kt-iam-disabled"
          labelText="Disabled"
          labelA="Off"
          labelB="On"
          toggled={draft.disabled}
          aria-describedby="kt-iam-disabled-text"
          onToggle={(disabled) => change({ disabled })}
        />
        <p id="kt-iam-disabled-text" className="kt-due-text">
          {draft.disabled
            ? 'No API key is made. Those that have ended are still removed in IAM.'
            : 'API keys are made and removed in IAM.'}
        </p>
      </div>
      <Accordion size="md" align="start">
        <FoldedSection title="More" fault={faultWithin(error, moreNames)}>
          <Stack gap={5}>
            <TextField
              {...text('iam_url')}
              id="kt-iam-url"
              labelText={named ? 'IAM address' : 'IAM address (optional)'}
              helperText={
                named ? 'It begins with https://.' : 'It begins with https://. Blank: that of IBM Cloud.'
              }
              value={draft.address}
              onChange={(event) => change({ address: event.target.value })}
            />
            <TextField
              {...text('account_id')}
              id="kt-iam-account"
              labelText="Account ID (optional)"
              helperText="The account that service IDs are made in. Blank: that of the API key."
              value={draft.account}
              onChange={(event) => change({ account: event.target.value })}
            />
          </Stack>
        </FoldedSection>
      </Accordion>
    </Stack>
  );
}
