import { Button } from '@carbon/react';
import { useState } from 'react';
import { count } from '../../../components/amounts';

type NameListProps = {
  /** What the names are, for assistive technology. */
  label: string;
  names: readonly string[];
  /** How many more there are that nobody lists. */
  leftOut?: number;
};

const shownFirst = 20;

/** Names of a certificate, the first of them until one asks for all. */
export function NameList({ label, names, leftOut = 0 }: NameListProps) {
  const [all, setAll] = useState(false);
  if (names.length === 0 && leftOut === 0) return 'None';
  const shown = all ? names : names.slice(0, shownFirst);
  return (
    <>
      <ul aria-label={label} className="kt-certificate__names">
        {shown.map((name, place) => (
          // a certificate may name the same twice
          <li key={`${place} ${name}`}>{name}</li>
        ))}
      </ul>
      {names.length > shownFirst && (
        <Button
          kind="ghost"
          size="sm"
          aria-expanded={all}
          aria-label={all ? `Show fewer: ${label}` : `Show all ${count(names.length)}: ${label}`}
          onClick={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `Show all ${count(names.length)}`}
        </Button>
      )}
      {leftOut > 0 && <div className="kt-certificate__note">{moreWords(leftOut)}</div>}
    </>
  );
}

function moreWords(number: number): string {
  return number === 1 ? '1 more is not listed.' : `${count(number)} more are not listed.`;
}
