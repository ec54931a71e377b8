import { Stack } from '@carbon/react';
import { PasswordTextField, TextField } from '../../../../components/text-field';
import { fieldError } from '../../../../ipc/problem';
import type { DraftForm } from '../draft-dialog';
import type { AuthorityDraft } from './authority-draft';

/** Names of the fields on the wire. */
export const externalNames = ['external_account_key_id', 'external_account_hmac_key'];

/** What an authority hands out to those that have an account with it already. */
export function ExternalAccountFields({ draft, change, error }: DraftForm<AuthorityDraft>) {
  const id = fieldError(error, 'external_account_key_id');
  const key = fieldError(error, 'external_account_hmac_key');
  return (
    <Stack gap={5}>
      <TextField
        id="kt-public-external-id"
        labelText="Key identifier"
        helperText="From your account with the authority, if it asks for one."
        autoComplete="off"
        spellCheck={false}
        value={draft.externalId}
        onChange={(event) => change({ externalId: event.target.value })}
        invalid={id !== undefined}
        invalidText={id ?? ''}
      />
      <PasswordTextField
        id="kt-public-external-key"
        labelText="HMAC key"
        helperText="Base64url text. It is never shown again."
        autoComplete="off"
        spellCheck={false}
        showPasswordLabel="Show HMAC key"
        hidePasswordLabel="Hide HMAC key"
        value={draft.externalKey}
        onChange={(event) => change({ externalKey: event.target.value })}
        invalid={key !== undefined}
        invalidText={key ?? ''}
      />
    </Stack>
  );
}
