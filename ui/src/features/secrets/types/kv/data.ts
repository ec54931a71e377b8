import { byteSize, count } from '../../../../components/amounts';
import type { ValueKind } from '../../fields/value';

// as `DATA_BYTES` of the contract; Rust counts them without the spaces between
const mostBytes = 512_000;

/** The object of a key-value secret, as JSON. */
export const data: ValueKind = {
  purpose: 'data',
  field: 'data',
  title: 'Object',
  enter: 'Enter JSON',
  typed: 'New object',
  readable: true,
  measure: () => ({
    words: `A JSON object with at least one key, such as {"user": "app"}; at most ${count(mostBytes)} bytes.`,
    over: null,
  }),
  fileWords: ({ size }) => `${byteSize(size)}; a JSON object of at most ${count(mostBytes)} bytes without spaces.`,
};
