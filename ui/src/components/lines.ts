/** The texts of a field with one per line; blank lines are none. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What the field shows for them. */
export function linesText(lines: readonly string[] | undefined): string {
  return (lines ?? []).join('\n');
}
