import type { PartInput, PickedFile } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';

/** A certificate or request while it is given. What was given the other way is kept until the form is left. */
export type PemDraft = { source: 'text' | 'file'; text: string; file: PickedFile | null };

export const noPem: PemDraft = { source: 'text', text: '', file: null };

/** As it is sent; `null`: nothing is given. */
export function pemInput({ source, text, file }: PemDraft): PartInput | null {
  if (source === 'file') return file && { kind: 'file', token: file.token };
  return text.trim() === '' ? null : { kind: 'text', text };
}

export function isPemFilled({ text, file }: PemDraft): boolean {
  return text.trim() !== '' || file !== null;
}

/** What a refusal is about: the field, or the file that was picked for it. */
export function pemTargets(field: string): readonly string[] {
  return [field, 'file'];
}

export function pemError(error: unknown, field: string): string | undefined {
  return pemTargets(field)
    .map((target) => fieldError(error, target))
    .find(Boolean);
}
