import { ContentSwitcher, Switch, TextArea } from '@carbon/react';
import { byteSize } from '../../../components/amounts';
import { FileDrop } from '../../../components/file-drop';
import { giveBack } from '../../../components/file-drops';
import { PickedFileRow } from '../../../components/picked-file-row';
import type { PemDraft } from './pem';

type PemFieldProps = {
  id: string;
  label: string;
  helperText: string;
  pem: PemDraft;
  onChange: (pem: PemDraft) => void;
  error: string | undefined;
};

const ways = ['text', 'file'] as const;

/** A certificate or request, pasted or by file. */
export function PemField({ id, label, helperText, pem, onChange, error }: PemFieldProps) {
  const { source, text, file } = pem;
  return (
    <div className="kt-pem-field">
      <ContentSwitcher
        size="md"
        aria-label={`How the ${label.toLowerCase()} is given`}
        selectedIndex={ways.indexOf(source)}
        onChange={({ index = 0 }) => onChange({ ...pem, source: ways[index] ?? source })}
      >
        <Switch name="text" text="Enter text" />
        <Switch name="file" text="Select a file" />
      </ContentSwitcher>
      {source === 'text' ? (
        <TextArea
          id={id}
          className="kt-engine__pem"
          labelText={label}
          helperText={helperText}
          rows={8}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange({ ...pem, text: event.target.value })}
          invalid={error !== undefined}
          invalidText={error ?? ''}
          data-modal-primary-focus
        />
      ) : (
        <div>
          <p className="cds--label">{label}</p>
          {file ? (
            <PickedFileRow
              file={file}
              words={byteSize(file.size)}
              error={error}
              onRemove={() => {
                giveBack(file.token);
                onChange({ ...pem, file: null });
              }}
            />
          ) : (
            <FileDrop
              purpose="certificate"
              label="Select a file"
              about={label.toLowerCase()}
              first
              onFile={(picked) => onChange({ ...pem, file: picked })}
            />
          )}
          {!file && error !== undefined && (
            <p className="kt-pem-field__error" role="alert">
              {error}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
