import { Select, SelectItem, Stack } from '@carbon/react';
import { PasswordTextField, TextField } from '../../../../components/text-field';
import type { TsigAlgorithm } from '../../../../ipc/bindings';
import { fieldError } from '../../../../ipc/problem';
import { NameField } from '../../form/name-field';
import type { DraftForm } from '../draft-dialog';
import { tsigAlgorithms } from '../words';
import type { ProviderDraft } from './provider-draft';

type ProviderFieldsProps = DraftForm<ProviderDraft> & {
  /** Whether it has its name and key already. */
  named: boolean;
};

const algorithms = Object.entries(tsigAlgorithms) as [TsigAlgorithm, string][];

/** A server that takes dynamic updates, and the key that signs them. */
export function ProviderFields({ draft, change, error, named }: ProviderFieldsProps) {
  const algorithm = fieldError(error, 'tsig_algorithm');
  const text = (name: string) => {
    const fault = fieldError(error, name);
    return { autoComplete: 'off', spellCheck: false, invalid: fault !== undefined, invalidText: fault ?? '' };
  };
  return (
    <Stack gap={6}>
      <p>Keyturn sets the records of an order by dynamic updates (RFC 2136), and removes them afterwards.</p>
      {!named && <NameField name={draft.name} onChange={(name) => change({ name })} error={error} />}
      <TextField
        {...text('server')}
        id="kt-dns-server"
        labelText="Server"
        helperText="The primary server of the zone: a name or an address, with a port where that is not 53."
        value={draft.server}
        onChange={(event) => change({ server: event.target.value })}
      />
      <TextField
        {...text('zone')}
        id="kt-dns-zone"
        labelText="Zone (optional)"
        helperText="The zone that is updated. Blank: the zone that each record belongs to."
        value={draft.zone}
        onChange={(event) => change({ zone: event.target.value })}
      />
      <TextField
        {...text('tsig_key_name')}
        id="kt-dns-key-name"
        labelText="Key name"
        helperText="As the server has it, such as keyturn.example.com."
        value={draft.keyName}
        onChange={(event) => change({ keyName: event.target.value })}
      />
      <Select
        id="kt-dns-algorithm"
        labelText="Algorithm"
        value={draft.algorithm}
        onChange={({ target }) => {
          const chosen = algorithms.find(([each]) => each === target.value);
          if (chosen) change({ algorithm: chosen[0] });
        }}
        invalid={algorithm !== undefined}
        invalidText={algorithm ?? ''}
      >
        {algorithms.map(([value, words]) => (
          <SelectItem key={value} value={value} text={words} />
        ))}
      </Select>
      <PasswordTextField
        {...text('tsig_secret')}
        id="kt-dns-key"
        labelText="Key"
        helperText={
          named
            ? 'Another key, base64. Leave empty to keep the present one, which is never shown.'
            : 'Base64, as tsig-keygen prints it after the word secret. It is never shown again.'
        }
        showPasswordLabel="Show key"
        hidePasswordLabel="Hide key"
        value={draft.key}
        onChange={(event) => change({ key: event.target.value })}
      />
    </Stack>
  );
}
