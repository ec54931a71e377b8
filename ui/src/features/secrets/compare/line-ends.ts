import type { LineEnd, ShownLine } from '../../../ipc/bindings';

const words: Record<LineEnd, string> = { none: 'no line end', lf: 'ends with LF', crlf: 'ends with CRLF' };

/** Whether lines end in both ways, so that it has to be said of each. */
export function hasMixedEnds(lines: readonly ShownLine[]): boolean {
  const ends = new Set(lines.map((line) => (line.kind === 'gap' ? 'none' : line.end)));
  return ends.has('lf') && ends.has('crlf');
}

/** How a changed line ends, where that may be what was changed. */
export function endWords(line: ShownLine, mixed: boolean): string {
  if (line.kind === 'gap' || line.kind === 'same') return '';
  return mixed || line.end === 'none' ? words[line.end] : '';
}
