import { FileDrop } from '../../../components/file-drop';
import { giveBack } from '../../../components/file-drops';
import { PickedFileRow } from '../../../components/picked-file-row';
import type { ValueDraft, ValueKind } from './value';

type FileValueProps = {
  file: ValueDraft['file'];
  onChange: (file: ValueDraft['file']) => void;
  kind: ValueKind;
  error?: string | undefined;
};

/** A value that is the content of a file: where to drop one, or the one that was taken. */
export function FileValue({ file, onChange, kind, error }: FileValueProps) {
  if (file) {
    return (
      <PickedFileRow
        file={file}
        words={kind.fileWords(file)}
        error={error}
        onRemove={() => {
          giveBack(file.token);
          onChange(null);
        }}
      />
    );
  }
  return (
    <>
      <FileDrop purpose={kind.purpose} label="Select a file" first onFile={onChange} />
      {error !== undefined && (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
