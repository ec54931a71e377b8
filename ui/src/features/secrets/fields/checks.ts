import { commands, type FieldsToCheck, type NewPublicCertForm, type Problem } from '../../../ipc/bindings';
import { isProblem } from '../../../ipc/problem';
import { textFault } from '../../../components/text-fault';
import type { ValueKind } from './value';

/** The rules for names, as Rust has them. */
export function checkName(name: string): Promise<Problem | null> {
  return checked(textFault('name', name), { name });
}

export function checkLockName(name: string): Promise<Problem | null> {
  return checked(textFault('name', name), { lock_name: name });
}

export function checkDescription(description: string): Promise<Problem | null> {
  return checked(textFault('description', description), { description });
}

export function checkLabels(labels: readonly string[]): Promise<Problem | null> {
  return checked(textFault('labels', labels.join()), { labels: [...labels] });
}

/** What an order would be refused for, but for its configurations. */
export function checkPublicCert(form: NewPublicCertForm): Promise<Problem | null> {
  const { common_name, alt_names } = form;
  const fault = textFault('common_name', common_name) ?? textFault('alt_names', alt_names.join());
  return checked(fault, { public_cert: form });
}

/** Whether a text is metadata; the refusal names line and column. */
export async function checkMetadata(field: string, text: string): Promise<Problem | null> {
  const fault = textFault(field, text);
  if (fault || text.trim() === '') return fault;
  try {
    await commands.checkMetadata(field, text);
    return null;
  } catch (refusal) {
    if (isProblem(refusal)) return refusal;
    throw refusal;
  }
}

/** Whether what was typed is a value of this kind. What is not there yet is not criticised. */
export async function checkValue({ purpose, field }: ValueKind, text: string): Promise<Problem | null> {
  const fault = textFault(field, text);
  if (fault || text.trim() === '') return fault;
  try {
    await commands.checkValue(purpose, text);
    return null;
  } catch (refusal) {
    if (isProblem(refusal)) return refusal;
    throw refusal;
  }
}

async function checked(fault: Problem | null, fields: FieldsToCheck): Promise<Problem | null> {
  if (fault) return fault;
  const [problem] = await commands.checkFields(fields);
  return problem ?? null;
}

/** A problem as one text below its field. */
export function sentence(problem: Problem | null): string | undefined {
  if (!problem) return undefined;
  return problem.remedy ? `${problem.message} ${problem.remedy}` : problem.message;
}
