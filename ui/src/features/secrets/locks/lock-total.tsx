import { Locked } from '@carbon/icons-react';
import { count } from '../../../components/amounts';
import { lockWords } from './lock-facts';

/** For a column that says what it counts. */
export function LockNumber({ total }: { total: number }) {
  return (
    <span className="kt-lock-total">
      <Locked aria-hidden="true" />
      {count(total)}
    </span>
  );
}

/** A number of locks, with the icon they have everywhere. */
export function LockTotal({ total }: { total: number }) {
  return (
    <span className="kt-lock-total">
      <Locked aria-hidden="true" />
      {lockWords(total)}
    </span>
  );
}
