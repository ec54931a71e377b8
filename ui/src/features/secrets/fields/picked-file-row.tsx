import { Document, TrashCan } from '@carbon/icons-react';
import { IconButton, Tag } from '@carbon/react';
import type { PickedFile } from '../../../ipc/bindings';
import { useLostFocus } from '../../../components/use-lost-focus';

type PickedFileRowProps = {
  file: PickedFile;
  words: string;
  onRemove: () => void;
  error?: string | undefined;
};

/** A file that was taken: what it is, and how much of the limit it uses. */
export function PickedFileRow({ file, words, onRemove, error }: PickedFileRowProps) {
  const row = useLostFocus<HTMLDivElement>();
  return (
    <div className="kt-file">
      <div ref={row} className="kt-file__row" role="group" aria-label="Selected file" tabIndex={-1}>
        <Document aria-hidden="true" />
        <span className="kt-file__name">{file.name}</span>
        {file.binary && (
          <Tag size="sm" type="purple">
            Binary
          </Tag>
        )}
        <IconButton label={`Remove ${file.name}`} kind="ghost" size="sm" align="left" onClick={onRemove}>
          <TrashCan />
        </IconButton>
      </div>
      {error === undefined ? (
        <p className="cds--form__helper-text">{words}</p>
      ) : (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
