import type { CertificateFile, PartInput } from '../../../../../ipc/bindings';
import { textFault } from '../../../../../components/text-fault';

/** A part by its name on the wire. */
export type PartName = 'certificate' | 'intermediate' | 'private_key';

/** A file that was picked. What is in it is not known before it was read, which may take a password. */
export type PartFile = { token: string; name: string; found: CertificateFile | null };

/** A part while it is given. What was entered the other way is kept until the form is left. */
export type PartDraft = {
  /** `current`: that of the current version is sent once more. */
  source: 'file' | 'text' | 'current';
  file: PartFile | null;
  text: string;
};

export const noPart: PartDraft = { source: 'file', file: null, text: '' };

export const partTitles: Record<PartName, string> = {
  certificate: 'Certificate',
  intermediate: 'Intermediate certificate',
  private_key: 'Private key',
};

/** The title within a sentence. */
export function partWord(name: PartName): string {
  return partTitles[name].toLowerCase();
}

/** Whether it will be sent. */
export function isGiven(part: PartDraft): boolean {
  return partInput(part) !== null;
}

/** The part as it is sent; `null`: there is none, or none that can be read yet. */
export function partInput({ source, file, text }: PartDraft): PartInput | null {
  if (source === 'current') return { kind: 'current' };
  if (source === 'text') return text.trim() === '' || !text.isWellFormed() ? null : { kind: 'text', text };
  return file?.found ? { kind: 'file', token: file.token } : null;
}

/** What a person has to do about a part before anybody looks at it; `null`: nothing. */
export function partFault(name: PartName, { source, file, text }: PartDraft): string | null {
  if (source === 'text') {
    const fault = textFault(name, text);
    return fault && `${fault.message} ${fault.remedy ?? ''}`;
  }
  if (source === 'current' || !file) return null;
  if (!file.found) return `Open ${file.name}, or remove it.`;
  return holds(name, file.found) ? null : `There is no ${partWord(name)} in ${file.name}. Remove it, and select another.`;
}

function holds(name: PartName, { certificate, private_key }: CertificateFile): boolean {
  // a file picked for the intermediate may hold nothing else, and its first certificate is one then
  return name === 'private_key' ? private_key !== null : certificate !== null;
}
