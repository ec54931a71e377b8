import { Tag } from '@carbon/react';
import { byteSize, characterCount, count } from '../../../components/amounts';
import type { ValueDraft } from './value';

/** A value before it is added, without the value itself. */
export function ValueSummary({ value: { source, file, text } }: { value: ValueDraft }) {
  if (source === 'text') return <>Typed, {characters(characterCount(text))}</>;
  if (!file) return null;
  return (
    <>
      {file.name}, {byteSize(file.size)}
      {file.binary && (
        <>
          {' '}
          <Tag size="sm" type="purple">
            Binary
          </Tag>
          <p className="kt-review__note">
            Kept byte for byte. The API carries it as base64, and the secret gets the label <code>encode:base64</code>,
            which says so.
          </p>
        </>
      )}
    </>
  );
}

function characters(number: number): string {
  return number === 1 ? '1 character' : `${count(number)} characters`;
}
