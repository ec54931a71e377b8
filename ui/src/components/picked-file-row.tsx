import { TrashCan } from '@carbon/icons-react';
import { IconButton, Tag } from '@carbon/react';
import type { PickedFile } from '../ipc/bindings';
import { FileRow } from './file-row';

type PickedFileRowProps = {
  file: PickedFile;
  words: string;
  onRemove: () => void;
  error?: string | undefined;
};

/** A file that was picked or dropped: what it is, and how much of a limit it uses. */
export function PickedFileRow({ file, words, onRemove, error }: PickedFileRowProps) {
  const mark = file.binary && (
    <Tag size="sm" type="purple">
      Binary
    </Tag>
  );
  return (
    <FileRow
      label="Selected file"
      name={file.name}
      mark={mark}
      remove={
        <IconButton label={`Remove ${file.name}`} kind="ghost" size="sm" align="left" onClick={onRemove}>
          <TrashCan />
        </IconButton>
      }
      error={error}
    >
      {error === undefined && <p className="cds--form__helper-text">{words}</p>}
    </FileRow>
  );
}
