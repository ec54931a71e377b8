import { noParts, type Parts } from './parts/parts';
import { emptyRequest, type RequestDraft } from './request/request';

/** A new certificate while it is entered. What was entered the other way is kept until the form is left. */
export type NewCertificate = {
  /** `managed`: the vault makes a request and keeps its key. */
  way: 'given' | 'managed';
  parts: Parts;
  request: RequestDraft;
};

export const emptyCertificate: NewCertificate = { way: 'given', parts: noParts, request: emptyRequest };
