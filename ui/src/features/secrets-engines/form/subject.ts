import type { SubjectFields } from '../../../ipc/bindings';
import { linesOf, linesText } from '../../../components/lines';

/** Parts of a subject besides the common name, as the fields show them. */
export type SubjectDraft = Readonly<Record<SubjectPart, string>>;

type SubjectPart = keyof SubjectFields;

export const subjectParts = [
  { part: 'organization', label: 'Organization' },
  { part: 'ou', label: 'Organizational unit' },
  { part: 'country', label: 'Country' },
  { part: 'province', label: 'State or province' },
  { part: 'locality', label: 'Locality' },
  { part: 'street_address', label: 'Street address' },
  { part: 'postal_code', label: 'Postal code' },
] as const satisfies readonly { part: SubjectPart; label: string }[];

export const subjectNames: readonly string[] = subjectParts.map(({ part }) => part);

export function subjectDraft(fields: SubjectFields): SubjectDraft {
  const entries = subjectParts.map(({ part }) => [part, linesText(fields[part])]);
  return Object.fromEntries(entries) as SubjectDraft;
}

/** Every part, also those that are empty. */
export function wholeSubject(draft: SubjectDraft): Required<SubjectFields> {
  const entries = subjectParts.map(({ part }) => [part, linesOf(draft[part])]);
  return Object.fromEntries(entries) as Required<SubjectFields>;
}

/** The parts that were filled in. */
export function filledSubject(draft: SubjectDraft): SubjectFields {
  return Object.fromEntries(Object.entries(wholeSubject(draft)).filter(([, lines]) => lines.length > 0));
}
