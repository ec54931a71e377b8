import type { Problem } from '../ipc/bindings';

/**
 * Half a character (a lone surrogate) cannot leave the page: the bridge to Rust refuses such a text
 * without naming the field, so the field says it first.
 */
export function textFault(field: string, text: string): Problem | null {
  if (text.isWellFormed()) return null;
  return {
    code: 'bad_request',
    message: 'There is a broken character in this text (half of a pair of UTF-16).',
    target: { type: 'field', name: field },
    remedy: 'Remove it, or type the text again.',
  };
}
