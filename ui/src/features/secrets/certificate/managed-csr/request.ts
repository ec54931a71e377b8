import type { ManagedCsr, ManagedCsrView } from '../../../../ipc/bindings';
import { listFields, textFields } from '../request/request-words';

/** Fields that show their own faults. */
export const requestFields: readonly string[] = [...textFields, ...listFields, 'key_type', 'key_bits', 'private_key'];

/** What a request asks for, without the request itself. */
export function requestOf(view: ManagedCsrView): ManagedCsr {
  const request: Partial<ManagedCsrView> = { ...view };
  delete request.csr;
  return request;
}

/** The request as it is sent: blank entries are none. */
export function sentRequest(request: ManagedCsr): ManagedCsr {
  const sent = { ...request };
  for (const field of textFields) {
    const text = request[field]?.trim();
    sent[field] = text === undefined || text === '' ? null : text;
  }
  for (const field of listFields) {
    sent[field] = (request[field] ?? []).map((entry) => entry.trim()).filter((entry) => entry !== '');
  }
  return sent;
}

export function isSameRequest(one: ManagedCsr, other: ManagedCsr): boolean {
  const [first, second] = [sentRequest(one), sentRequest(other)];
  const fields = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof ManagedCsr>;
  return [...fields].every((field) => JSON.stringify(first[field] ?? null) === JSON.stringify(second[field] ?? null));
}
