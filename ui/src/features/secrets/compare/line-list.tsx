import { memo } from 'react';
import type { ShownLine } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';
import { endWords, hasMixedEnds } from './line-ends';
import { ScrollRegion } from './scroll-region';

type Line = Exclude<ShownLine, { kind: 'gap' }>;

const signs = {
  added: { sign: '+', word: 'Added: ' },
  removed: { sign: '−', word: 'Removed: ' },
  same: { sign: ' ', word: '' },
} as const;

/** What differs between two texts, line by line, with a few equal lines around. */
export const LineList = memo(function LineList({ lines }: { lines: ShownLine[] }) {
  const mixed = hasMixedEnds(lines);
  return (
    <ScrollRegion label="Differences">
      <ol className="kt-lines">
        {lines.map((line, place) =>
          line.kind === 'gap' ? (
            <li key={place} className="kt-lines__gap">
              {line.lines === 1 ? '1 equal line' : `${count(line.lines)} equal lines`}
            </li>
          ) : (
            <LineItem key={place} line={line} note={noteOf(line, mixed)} />
          ),
        )}
      </ol>
    </ScrollRegion>
  );
});

function LineItem({ line, note }: { line: Line; note: string }) {
  const { sign, word } = signs[line.kind];
  return (
    <li className={`kt-lines__line kt-lines__line--${line.kind}`}>
      <span className="kt-lines__sign" aria-hidden="true">
        {sign}
      </span>
      {word && <span className="cds--visually-hidden">{word}</span>}
      <span className="kt-lines__text">{line.text}</span>
      {note && <span className="kt-lines__note">{note}</span>}
    </li>
  );
}

function noteOf(line: Line, mixed: boolean): string {
  return [line.cut ? 'longer than what is shown' : '', endWords(line, mixed)].filter(Boolean).join('; ');
}
