/** What the program put on the clipboard, and until when it stays there. */
export type Copied = { what: string; until: number };

let copied: Copied | null = null;
const listeners = new Set<() => void>();

/*
 * Beside the components, because the countdown goes on when the dialog that started it is closed.
 * Of the value itself nothing is known here: Rust put it on the clipboard.
 */

export function showCopied(what: string, seconds: number): void {
  set({ what, until: performance.now() + seconds * 1000 });
}

export function showCleared(): void {
  set(null);
}

export function currentCopied(): Copied | null {
  return copied;
}

export function watchCopied(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: Copied | null): void {
  copied = next;
  for (const listener of listeners) listener();
}
