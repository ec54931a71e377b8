import { count } from '../../../../../components/amounts';
import { ChangeTag, type Change } from './change-tag';

type NameListProps = {
  /** Those that both versions have. */
  names: readonly string[];
  /** Those that this one alone has. */
  others: readonly string[];
  change: Change;
  /** How many more there are that nobody listed. */
  leftOut?: number;
};

const mostShown = 10;

/** The names of a certificate; those that come or go stand first, with the word for it. */
export function NameList({ names, others, change, leftOut = 0 }: NameListProps) {
  const shown = others.slice(0, mostShown);
  const kept = names.slice(0, mostShown - shown.length);
  const more = names.length + others.length - shown.length - kept.length + leftOut;
  if (names.length + others.length + leftOut === 0) return 'None';
  return (
    <>
      {shown.map((name) => (
        <span key={name} className="kt-sides__item">
          <bdi>{name}</bdi>
          <ChangeTag change={change} />
        </span>
      ))}
      {kept.map((name) => (
        <span key={name} className="kt-sides__item">
          <bdi>{name}</bdi>
        </span>
      ))}
      {more > 0 && `and ${count(more)} more`}
    </>
  );
}
