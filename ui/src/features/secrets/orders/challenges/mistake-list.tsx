import type { Mistake } from '../../../../ipc/bindings';
import { mistakeWords } from './checked-words';

/** What seems to be wrong with a record, each with what to do. */
export function MistakeList({ mistakes }: { mistakes: readonly Mistake[] }) {
  if (mistakes.length === 0) return null;
  return (
    <ul className="kt-challenges__mistakes">
      {mistakes.map((mistake) => {
        const { what, remedy } = mistakeWords(mistake);
        return (
          <li key={mistake.kind}>
            <strong>{what}</strong> {remedy}
          </li>
        );
      })}
    </ul>
  );
}
