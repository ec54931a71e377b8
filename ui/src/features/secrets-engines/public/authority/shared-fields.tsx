import { LinesField } from '../../../../components/lines-field';
import { TextField } from '../../../../components/text-field';
import { fieldError } from '../../../../ipc/problem';
import type { DraftForm } from '../draft-dialog';
import { PemTextField } from '../pem-text-field';
import type { AuthorityDraft } from './authority-draft';

type Fields = DraftForm<AuthorityDraft>;

/** Names of the fields of both kinds: of another directory, and of Let's Encrypt. */
export const chainNames = ['preferred_chain', 'lets_encrypt_preferred_chain'];
const keyNames = ['private_key', 'lets_encrypt_private_key'];

/** **Account key**. */
export function AccountKeyField({ draft, change, error, helperText }: Fields & { helperText: string }) {
  return (
    <PemTextField
      id="kt-public-account-key"
      label="Account key"
      helperText={helperText}
      text={draft.accountKey}
      onChange={(accountKey) => change({ accountKey })}
      error={anyError(error, keyNames)}
    />
  );
}

/** **Contact**. */
export function ContactField({ draft, change, error }: Fields) {
  return (
    <LinesField
      id="kt-public-contact"
      label="Contact"
      helperText="E-mail addresses that the authority may write to, five at most. None is needed."
      text={draft.contact}
      onChange={(contact) => change({ contact })}
      error={fieldError(error, 'contact')}
    />
  );
}

/** **Preferred chain**. */
export function ChainField({ draft, change, error }: Fields) {
  const fault = anyError(error, chainNames);
  return (
    <TextField
      id="kt-public-chain"
      labelText="Preferred chain"
      helperText="Common name of the issuer at its top, such as ISRG Root X1, where the authority offers several chains. Blank: the usual one."
      autoComplete="off"
      spellCheck={false}
      value={draft.chain}
      onChange={(event) => change({ chain: event.target.value })}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
    />
  );
}

/** **Root certificate** of another directory. */
export function RootField({ draft, change, error }: Fields) {
  return (
    <PemTextField
      id="kt-public-root"
      label="Root certificate"
      helperText="PEM. The server of the directory is trusted by it too, besides the authorities of this computer. Blank: by those alone."
      text={draft.root}
      onChange={(root) => change({ root })}
      error={fieldError(error, 'root_certificate')}
    />
  );
}

function anyError(error: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => fieldError(error, name)).find((fault) => fault !== undefined);
}
