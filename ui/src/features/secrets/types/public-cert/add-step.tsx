import { Select, SelectItem, Stack, TextArea, Toggle } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { TextField } from '../../../../components/text-field';
import { PublicRotationField } from '../../fields/public-rotation-field';
import type { AddProps } from '../secret-type';
import { EngineFields } from './engine-fields';
import { manual } from './engines';
import { keyAlgorithms, type NewPublicCert } from './new-public-cert';

/** The names of the certificate, who issues it, who sets the records, and what becomes of it later. */
export function AddStep({ draft, onChange, error, onEngines }: AddProps<NewPublicCert>) {
  const change = (part: Partial<NewPublicCert>) => onChange({ ...draft, ...part });
  const commonName = fieldError(error, 'common_name');
  const altNames = fieldError(error, 'alt_names');
  const algorithm = fieldError(error, 'key_algorithm');
  const bundle = fieldError(error, 'bundle_certs');
  return (
    <Stack gap={6}>
      <TextField
        id="kt-public-common-name"
        labelText="Common name"
        helperText="Such as www.example.com, or *.example.com for all names of a domain."
        autoComplete="off"
        spellCheck={false}
        value={draft.commonName}
        onChange={(event) => change({ commonName: event.target.value })}
        invalid={commonName !== undefined}
        invalidText={commonName ?? ''}
        data-modal-primary-focus
      />
      <TextArea
        id="kt-public-alt-names"
        labelText="Alternative names (optional)"
        helperText="One per line, or with commas between them. Up to 100 names with the common name; wildcards too."
        rows={3}
        autoComplete="off"
        spellCheck={false}
        value={draft.altNames}
        onChange={(event) => change({ altNames: event.target.value })}
        invalid={altNames !== undefined}
        invalidText={altNames ?? ''}
      />
      <EngineFields
        draft={draft}
        onChange={change}
        onEngines={onEngines}
        errors={{ ca: fieldError(error, 'ca'), dns: fieldError(error, 'dns') }}
      />
      <Select
        id="kt-public-algorithm"
        labelText="Key algorithm"
        value={draft.algorithm}
        onChange={({ target }) => {
          const chosen = keyAlgorithms.find((name) => name === target.value);
          if (chosen) change({ algorithm: chosen });
        }}
        invalid={algorithm !== undefined}
        invalidText={algorithm ?? ''}
      >
        {keyAlgorithms.map((name) => (
          <SelectItem key={name} value={name} text={name} />
        ))}
      </Select>
      <div className="kt-field">
        <Toggle
          id="kt-public-bundle"
          labelText="Bundle certificates"
          labelA="Off"
          labelB="On"
          toggled={draft.bundle}
          aria-describedby="kt-public-bundle-text"
          onToggle={(on) => change({ bundle: on })}
        />
        <p id="kt-public-bundle-text" className="kt-due-text">
          The certificate comes with its intermediate certificates in one file. This cannot be changed later.
        </p>
        {bundle !== undefined && (
          <p className="kt-field__error" role="alert">
            {bundle}
          </p>
        )}
      </div>
      <PublicRotationField
        rotates={draft.rotates}
        newKeys={draft.newKeys}
        manual={draft.dns === manual}
        onChange={({ rotates = draft.rotates, newKeys = draft.newKeys }) => change({ rotates, newKeys })}
        error={fieldError(error, 'rotation')}
      />
    </Stack>
  );
}
