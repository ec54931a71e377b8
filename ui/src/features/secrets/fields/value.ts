import type { FilePurpose, PickedFile, ValueInput } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { textFault } from '../../../components/text-fault';
import type { Missing } from '../types/secret-type';

/** A value while it is entered. What was entered the other way is kept until the form is left. */
export type ValueDraft = { source: 'file' | 'text'; file: PickedFile | null; text: string };

/** What a type calls its value, and what it takes. */
export type ValueKind = {
  purpose: FilePurpose;
  /** Name of the field on the wire. */
  field: string;
  /** Above the field. */
  title: string;
  /** On the switch, for a value that is typed. */
  enter: string;
  /** Name of the field to type in. */
  typed: string;
  /** Whether what is typed can be read from the beginning: JSON cannot be written as dots. */
  readable: boolean;
  /** How much of the limit a typed value uses, in words, and whether it is too much. */
  measure: (text: string) => { words: string; over: string | null };
  /** What is said below a file that was taken. */
  fileWords: (file: PickedFile) => string;
};

export const emptyValue: ValueDraft = { source: 'file', file: null, text: '' };

/** What is still missing, said at the field. */
export function valueMissing({ field, enter, readable }: ValueKind, { source, file, text }: ValueDraft): Missing {
  const how = enter.toLowerCase().replace('json', 'JSON');
  if (source === 'file') return file ? null : { field, message: `Select a file, or ${how}.` };
  // blanks are a value like any other, but no JSON
  if ((readable ? text.trim() : text) === '') return { field, message: `${enter}, or select a file.` };
  const fault = textFault(field, text);
  return fault && { field, message: `${fault.message} ${fault.remedy ?? ''}` };
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

export function valueWithoutFiles<Draft extends ValueDraft>(value: Draft): Draft {
  return { ...value, file: null };
}

/** What a refusal of the value is about: the value itself, or its file, which Rust keeps for a time only. */
export function valueFields({ field }: ValueKind): readonly string[] {
  return [field, 'file'];
}

/** What a form whose input is one value does with it. */
export function valuePart(kind: ValueKind) {
  return {
    empty: emptyValue,
    fields: valueFields(kind),
    missing: (value: ValueDraft) => valueMissing(kind, value),
    filled: valueFilled,
    files: valueFiles,
    withoutFiles: valueWithoutFiles,
  };
}

/** The sentence for the field of the value. */
export function valueError(kind: ValueKind, error: unknown): string | undefined {
  return valueFields(kind)
    .map((field) => fieldError(error, field))
    .find(Boolean);
}
