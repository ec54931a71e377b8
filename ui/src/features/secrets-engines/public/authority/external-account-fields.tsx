import { Stack } from '@carbon/react';
import { PasswordTextField, TextField } from '../../../../components/text-field';
import { fieldError } from '../../../../ipc/problem';
import type { DraftForm } from '../draft-dialog';
import type { AuthorityDraft } from './authority-draft';

/** Names of the fields on the wire. */
export const externalNames = ['external_account_key_id', 'external_account_hmac_key'];

type ExternalAccountFieldsProps = DraftForm<AuthorityDraft> & {
  /** Whether one is bound already. */
  bound?: boolean;
};

/** What an authority hands out to those that have an account with it already. */
export function ExternalAccountFields({ draft, change, error, bound = false }: ExternalAccountFieldsProps) {
  const id = fieldError(error, 'external_account_key_id');
  const key = fieldError(error, 'external_account_hmac_key');
  return (
    <Stack gap={5}>
      <TextField
        id="kt-public-external-id"
        labelText="Key identifier"
        helperText={
          bound
            ? 'From your account with the authority. Blank: no external account.'
            : 'From your account with the authority, if it asks for one.'
        }
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
        helperText={
          bound
            ? 'Another key, base64url or base64. Leave empty to keep the present one, which is never shown.'
            : 'Base64url or base64 text, as the authority shows it. It is never shown again.'
        }
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
