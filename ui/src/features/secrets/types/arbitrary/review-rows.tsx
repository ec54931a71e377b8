import { Tag } from '@carbon/react';
import { byteSize, characterCount, count } from '../../../../components/amounts';
import { RelativeDate } from '../../../../components/relative-date';
import { expirationAt } from '../../fields/expiration';
import type { ReviewRow } from '../secret-type';
import type { NewArbitrary } from './arbitrary';

/** What will be added, without the value itself. */
export function reviewRows({ value, expiration }: NewArbitrary): ReviewRow[] {
  return [
    { label: 'Value', value: <ValueSummary value={value} /> },
    { label: 'Expires', value: <RelativeDate value={expirationAt(expiration)} none="Never" /> },
  ];
}

function ValueSummary({ value: { source, file, text } }: { value: NewArbitrary['value'] }) {
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
