import type { PartInput } from '../../../../ipc/bindings';
import { byteSize, characterCount, count } from '../../../../components/amounts';
import { emptyValue, valueInput, valueMissing, type ValueDraft, type ValueKind } from '../../fields/value';
import type { Missing } from '../secret-type';

// as the contract has it
const most = 4_096;

/** A certificate signing request while it is entered, and whether there is to be one. */
export type CsrDraft = ValueDraft & { wanted: boolean };

export const noCsr: CsrDraft = { ...emptyValue, wanted: false };

/** A certificate signing request: text or a file. */
export const csrKind: ValueKind = {
  purpose: 'certificate',
  field: 'csr',
  title: 'Certificate signing request',
  enter: 'Paste the request',
  typed: 'Request',
  readable: true,
  measure: (text) => {
    const characters = characterCount(text);
    return {
      words: `PEM, ${count(characters)} of ${count(most)} characters.`,
      over: characters > most ? `A request has at most ${count(most)} characters.` : null,
    };
  },
  fileWords: ({ size }) => `${byteSize(size)}. Only the request in it is used.`,
};

/** A request that is wanted is given: without it the instance would make a key. */
export function csrMissing(csr: CsrDraft): Missing {
  return csr.wanted ? valueMissing(csrKind, csr) : null;
}

/** The request as it is sent; `null`: none, so the instance makes a key. */
export function csrInput(csr: CsrDraft): PartInput | null {
  if (!csr.wanted) return null;
  const input = valueInput(csr);
  return input.kind === 'text' && input.text.trim() === '' ? null : input;
}
