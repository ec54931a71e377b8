import type { PartInput } from '../../../../ipc/bindings';
import { byteSize, characterCount, count } from '../../../../components/amounts';
import { valueInput, type ValueDraft, type ValueKind } from '../../fields/value';

// as the contract has it
const most = 4_096;

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

/** The request as it is sent; `null`: none, so the instance makes a key. */
export function csrInput(csr: ValueDraft): PartInput | null {
  const input = valueInput(csr);
  return input.kind === 'text' && input.text.trim() === '' ? null : input;
}
