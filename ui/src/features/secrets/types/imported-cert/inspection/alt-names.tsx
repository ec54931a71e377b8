import { count } from '../../../../../components/amounts';

const mostShown = 10;

/** The first of the names, and how many more there are. */
export function AltNames({ names, leftOut }: { names: readonly string[]; leftOut: number }) {
  const more = Math.max(names.length - mostShown, 0) + leftOut;
  if (names.length === 0 && more === 0) return 'None';
  return (
    <>
      {names.slice(0, mostShown).map((name, place) => (
        // a certificate may name the same twice
        <span key={`${place} ${name}`}>
          {place > 0 && ', '}
          <bdi>{name}</bdi>
        </span>
      ))}
      {more > 0 && ` and ${count(more)} more`}
    </>
  );
}
