import type { PickedFile, ValueInput } from '../../../ipc/bindings';
import { textFault } from '../../../components/text-fault';
import type { Missing } from '../types/secret-type';

/** A value while it is entered. What was entered the other way is kept until the form is left. */
export type ValueDraft = { source: 'file' | 'text'; file: PickedFile | null; text: string };

export type ValueLimits = { characters: number; binaryBytes: number };

export const emptyValue: ValueDraft = { source: 'file', file: null, text: '' };

/** What is still missing, said at the field. */
export function valueMissing({ source, file, text }: ValueDraft): Missing {
  if (source === 'file') return file ? null : { field: 'payload', message: 'Select a file, or enter a value.' };
  if (text === '') return { field: 'payload', message: 'Enter a value, or select a file.' };
  const fault = textFault('payload', text);
  return fault && { field: 'payload', message: `${fault.message} ${fault.remedy ?? ''}` };
}

/** The value as it is sent: the text, or the token for what Rust has read. */
export function valueInput({ source, file, text }: ValueDraft): ValueInput {
  if (source === 'file' && file) return { kind: 'file', token: file.token };
  return { kind: 'text', text };
}

export function valueFilled({ file, text }: ValueDraft): boolean {
  return file !== null || text !== '';
}

export function valueFiles({ file }: ValueDraft): string[] {
  return file ? [file.token] : [];
}

export function valueWithoutFiles(value: ValueDraft): ValueDraft {
  return { ...value, file: null };
}
