import { FileValue } from './file-value';
import { TypedValue } from './typed-value';
import type { ValueDraft, ValueKind } from './value';
import { ValueWays } from './value-ways';

type ValueFieldProps = {
  value: ValueDraft;
  onChange: (value: ValueDraft) => void;
  kind: ValueKind;
  error?: string | undefined;
};

/** A value by file or by hand. */
export function ValueField({ value, onChange, kind, error }: ValueFieldProps) {
  const { source, file, text } = value;
  return (
    <ValueWays
      title={kind.title}
      ways={{ file: 'Select a file', text: kind.enter }}
      way={source}
      onChange={(chosen) => onChange({ ...value, source: chosen })}
    >
      {source === 'file' ? (
        <FileValue file={file} onChange={(picked) => onChange({ ...value, file: picked })} kind={kind} error={error} />
      ) : (
        <TypedValue text={text} onChange={(typed) => onChange({ ...value, text: typed })} kind={kind} error={error} />
      )}
    </ValueWays>
  );
}
