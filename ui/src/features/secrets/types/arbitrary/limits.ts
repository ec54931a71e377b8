import type { ValueLimits } from '../../fields/value';

/** As `PAYLOAD_CHARS` and `PAYLOAD_BINARY_BYTES` of the contract, to show how much room is left. */
export const payloadLimits: ValueLimits = { characters: 1_000_000, binaryBytes: 750_000 };
