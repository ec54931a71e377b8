import { TrashCan } from '@carbon/icons-react';
import { Button } from '@carbon/react';
import type { ReactNode } from 'react';
import { FileRow } from '../../../../../components/file-row';
import { partWord, type PartName } from './part';

type PartRowProps = {
  name: PartName;
  /** Where it comes from. */
  words: string;
  /** What it is. */
  children?: ReactNode;
  onRemove: () => void;
  error?: string | undefined;
};

/** A part that was taken, and how to do without it. */
export function PartRow({ name, words, children, onRemove, error }: PartRowProps) {
  return (
    <FileRow
      label={`Selected ${partWord(name)}`}
      name={words}
      remove={
        <Button
          kind="ghost"
          size="sm"
          renderIcon={TrashCan}
          aria-label={`Remove ${partWord(name)}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      }
      error={error}
    >
      {children}
    </FileRow>
  );
}
