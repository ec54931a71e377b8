import type { CertificateInput } from '../../../../../ipc/bindings';
import type { Missing } from '../../secret-type';
import { isGiven, noPart, partFault, partInput, type PartDraft, type PartName } from './part';

/** The parts of a certificate while they are given. */
export type Parts = Record<PartName, PartDraft> & {
  /** Opens what is entered as text. */
  password: string;
};

export const noParts: Parts = { certificate: noPart, intermediate: noPart, private_key: noPart, password: '' };

export const partNames: readonly PartName[] = ['certificate', 'intermediate', 'private_key'];

/** Those one brings for a managed request: the private key stays in the vault. */
export const signedPartNames: readonly PartName[] = ['certificate', 'intermediate'];

/** Names on the wire of what a refusal can be about. */
export const partFields: readonly string[] = [...partNames, 'password', 'file'];

/** The parts as they are sent. */
export function partsInput(parts: Parts, names = partNames): CertificateInput {
  const input = (name: PartName) => (names.includes(name) ? partInput(parts[name]) : null);
  const typed = names.some((name) => parts[name].source === 'text' && isGiven(parts[name]));
  return {
    certificate: input('certificate'),
    intermediate: input('intermediate'),
    private_key: input('private_key'),
    password: typed && parts.password !== '' ? parts.password : null,
  };
}

/** What is still to be done before Rust can look at the parts. */
export function partsMissing(parts: Parts, names = partNames): Missing {
  for (const name of names) {
    const message = partFault(name, parts[name]);
    if (message !== null) return { field: name, message };
  }
  if (isGiven(parts.certificate)) return null;
  return { field: 'certificate', message: 'Select a file with the certificate, or enter it as text.' };
}

export function partsFilled(parts: Parts): boolean {
  const entered = ({ source, file, text }: PartDraft) => source === 'current' || file !== null || text !== '';
  return partNames.some((name) => entered(parts[name]));
}

/** The files that Rust keeps for the parts, each once. */
export function partsFiles(parts: Parts): string[] {
  return [...new Set(partNames.flatMap((name) => parts[name].file?.token ?? []))];
}

export function partsWithoutFiles(parts: Parts): Parts {
  const without = (part: PartDraft): PartDraft => ({ ...part, file: null });
  return {
    ...parts,
    certificate: without(parts.certificate),
    intermediate: without(parts.intermediate),
    private_key: without(parts.private_key),
  };
}
