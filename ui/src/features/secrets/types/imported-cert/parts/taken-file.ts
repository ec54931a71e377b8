import type { CertificateFile } from '../../../../../ipc/bindings';
import { isGiven, partWord, type PartDraft, type PartFile, type PartName } from './part';
import { partNames, type Parts } from './parts';

/** The parts once it is known what a file holds that was picked for one of them: it fills others that are empty. */
export function withFound(parts: Parts, picked: PartName, file: PartFile, names: readonly PartName[]): Parts {
  const { found } = file;
  if (!found || parts[picked].file?.token !== file.token) return parts;
  const filled: PartDraft = { source: 'file', file, text: '' };
  const next = { ...parts, [picked]: { ...parts[picked], file } };
  for (const name of filledBy(picked, found)) {
    // Rust takes all certificates of a file for intermediates where the certificate is from elsewhere
    const isRest = name !== 'intermediate' || next.certificate.file === file;
    if (isRest && names.includes(name) && isEmpty(parts[name])) next[name] = filled;
  }
  return next;
}

/** What a file for one part can be for the others. */
function filledBy(picked: PartName, { certificate, intermediates, private_key }: CertificateFile): PartName[] {
  const chain = intermediates.length > 0;
  // certificates of authorities alone are what belongs here
  const isChain = picked === 'intermediate' && private_key === null && (!chain || certificate?.ca === true);
  if (isChain || (picked === 'private_key' ? private_key : certificate) === null) return [];
  const held: Record<PartName, boolean> = {
    certificate: certificate !== null,
    intermediate: chain,
    private_key: private_key !== null,
  };
  return partNames.filter((name) => name !== picked && held[name]);
}

function isEmpty(part: PartDraft): boolean {
  return !isGiven(part) && part.file === null && part.text === '';
}

/** The certificates that a file is the intermediates with. */
export function intermediatesIn({ token, found }: PartFile, parts: Parts) {
  if (!found) return [];
  const isRest = parts.certificate.source === 'file' && parts.certificate.file?.token === token;
  return isRest || !found.certificate ? found.intermediates : [found.certificate, ...found.intermediates];
}

/** One line for each file that is more than one part: what comes from it. */
export function sharedFiles(parts: Parts, names: readonly PartName[]): string[] {
  const files = new Map<string, { name: string; words: string[] }>();
  for (const part of names) {
    const { source, file } = parts[part];
    if (source !== 'file' || !file?.found) continue;
    const shared = files.get(file.token) ?? { name: file.name, words: [] };
    shared.words.push(part === 'intermediate' ? chainWord(intermediatesIn(file, parts).length) : partWord(part));
    files.set(file.token, shared);
  }
  return [...files.values()].filter(({ words }) => words.length > 1).map(({ name, words }) => `${list(words)} from ${name}`);
}

function chainWord(number: number): string {
  return number === 1 ? '1 intermediate certificate' : `${number} intermediate certificates`;
}

function list(words: readonly string[]): string {
  const text = `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
