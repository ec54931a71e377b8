/**
 * A field of many lines knows one kind of line end. What is edited in it gets back the kind that it
 * had; `null`: it has several, and a field would change them.
 */
export function lineEndOf(text: string): '\n' | '\r\n' | null {
  const bare = text.replaceAll('\r\n', '');
  if (bare.includes('\r')) return null;
  if (bare.length === text.length) return '\n';
  return bare.includes('\n') ? null : '\r\n';
}

/** What was typed, with the line ends of what it replaces. */
export function withLineEndOf(before: string, typed: string): string {
  return lineEndOf(before) === '\r\n' ? typed.replace(/\r?\n/g, '\r\n') : typed;
}
