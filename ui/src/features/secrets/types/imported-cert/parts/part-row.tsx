import { Document, TrashCan } from '@carbon/icons-react';
import { Button } from '@carbon/react';
import type { ReactNode } from 'react';
import { useLostFocus } from '../../../../../components/use-lost-focus';
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
  const row = useLostFocus<HTMLDivElement>();
  return (
    <div className="kt-file">
      <div ref={row} className="kt-file__row" role="group" aria-label={`Selected ${partWord(name)}`} tabIndex={-1}>
        <Document aria-hidden="true" />
        <span className="kt-file__name">
          <bdi>{words}</bdi>
        </span>
        <Button
          kind="ghost"
          size="sm"
          renderIcon={TrashCan}
          aria-label={`Remove ${partWord(name)}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      </div>
      {children}
      {error !== undefined && (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
