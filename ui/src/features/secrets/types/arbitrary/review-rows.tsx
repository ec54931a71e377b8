import { RelativeDate } from '../../../../components/relative-date';
import { expirationAt } from '../../../../components/expiration';
import { ValueSummary } from '../../fields/value-summary';
import type { ReviewRow } from '../secret-type';
import type { NewArbitrary } from './arbitrary';

/** What will be added, without the value itself. */
export function reviewRows({ value, expiration }: NewArbitrary): ReviewRow[] {
  return [
    { label: 'Value', value: <ValueSummary value={value} /> },
    { label: 'Expires', value: <RelativeDate value={expirationAt(expiration)} none="Never" /> },
  ];
}
