import { fieldError } from '../../../ipc/problem';

/** The refusal, if it is about one of these fields: then the section that holds them opens. */
export function faultWithin(error: unknown, fields: readonly string[]): unknown {
  return fields.some((field) => fieldError(error, field) !== undefined) ? error : null;
}
