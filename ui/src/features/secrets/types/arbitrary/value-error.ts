import { fieldError } from '../../../../ipc/problem';

/** What a refusal of the value is about: the value itself, or its file, which Rust keeps for a time only. */
export const valueFields = ['payload', 'file'];

/** The sentence for the field of the value. */
export function valueError(error: unknown): string | undefined {
  return valueFields.map((field) => fieldError(error, field)).find(Boolean);
}
