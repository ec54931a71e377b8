import { ContentSwitcher, Switch } from '@carbon/react';
import { useId } from 'react';
import { giveBack } from '../../../components/file-drops';
import { FileDrop } from '../../../components/file-drop';
import { PickedFileRow } from './picked-file-row';
import { TypedValue } from './typed-value';
import type { ValueDraft, ValueKind } from './value';

type ValueFieldProps = {
  value: ValueDraft;
  onChange: (value: ValueDraft) => void;
  kind: ValueKind;
  error?: string | undefined;
};

const sources = ['file', 'text'] as const;

/** A value by file or by hand. */
export function ValueField({ value, onChange, kind, error }: ValueFieldProps) {
  const { source, file, text } = value;
  const label = useId();
  return (
    <div className="kt-field" role="group" aria-labelledby={label}>
      <p id={label} className="cds--label">
        {kind.title}
      </p>
      <ContentSwitcher
        size="md"
        aria-label="How the value is given"
        selectedIndex={sources.indexOf(source)}
        onChange={({ index }) => onChange({ ...value, source: sources[index ?? 0] ?? 'file' })}
      >
        <Switch name="file" text="Select a file" />
        <Switch name="text" text={kind.enter} />
      </ContentSwitcher>
      {source === 'text' && (
        <TypedValue
          text={text}
          onChange={(typed) => onChange({ ...value, text: typed })}
          kind={kind}
          error={error}
        />
      )}
      {source === 'file' && file && (
        <PickedFileRow
          file={file}
          words={kind.fileWords(file)}
          error={error}
          onRemove={() => {
            giveBack(file.token);
            onChange({ ...value, file: null });
          }}
        />
      )}
      {source === 'file' && !file && (
        <>
          <FileDrop
            purpose={kind.purpose}
            label="Select a file"
            first
            onFile={(picked) => onChange({ ...value, file: picked })}
          />
          {error !== undefined && (
            <p className="kt-field__error" role="alert">
              {error}
            </p>
          )}
        </>
      )}
    </div>
  );
}
