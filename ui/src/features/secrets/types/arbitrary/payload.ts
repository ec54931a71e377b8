import { byteSize, characterCount, count } from '../../../../components/amounts';
import type { ValueKind } from '../../fields/value';

// as `PAYLOAD_CHARS` and `PAYLOAD_BINARY_BYTES` of the contract, to show how much room is left
const mostCharacters = 1_000_000;
const mostBinaryBytes = 750_000;

/** The value of an arbitrary secret: any text or file. */
export const payload: ValueKind = {
  purpose: 'value',
  field: 'payload',
  title: 'Value',
  enter: 'Enter a value',
  typed: 'New value',
  readable: false,
  measure: (text) => {
    const characters = characterCount(text);
    return {
      words: `${count(characters)} of ${count(mostCharacters)} characters`,
      over: characters > mostCharacters ? `At most ${count(mostCharacters)} characters are allowed.` : null,
    };
  },
  fileWords: ({ binary, size }) =>
    binary
      ? `${byteSize(size)} of at most ${count(mostBinaryBytes)}. Kept byte for byte; base64 on the wire.`
      : `${byteSize(size)}; text of at most ${count(mostCharacters)} characters.`,
};
