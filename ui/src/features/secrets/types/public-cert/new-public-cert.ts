import type { KeyAlgorithm, NewPublicCertForm } from '../../../../ipc/bindings';
import type { Missing } from '../secret-type';
import { manual } from './engines';

/** What the key can be. */
export const keyAlgorithms: readonly KeyAlgorithm[] = ['RSA2048', 'RSA4096', 'ECDSA256', 'ECDSA384'];

/** A new public certificate while it is entered. */
export type NewPublicCert = {
  commonName: string;
  /** One per line, or with commas between them. */
  altNames: string;
  /** Name of a configuration. */
  ca: string;
  /** Name of a configuration, or `manual`. */
  dns: string;
  algorithm: KeyAlgorithm;
  bundle: boolean;
  /** Kept, but not sent, while the DNS provider is a person. */
  rotates: boolean;
  newKeys: boolean;
};

export const emptyPublicCert: NewPublicCert = {
  commonName: '',
  altNames: '',
  ca: '',
  dns: manual,
  algorithm: 'RSA2048',
  bundle: true,
  rotates: false,
  newKeys: false,
};

/** The names of a field, with commas or line ends between them. */
export function namesOf(text: string): string[] {
  return text.split(/[\s,]+/u).filter((name) => name !== '');
}

/** All names that the certificate will be for, each once. */
export function allNames({ commonName, altNames }: NewPublicCert): string[] {
  const names = [...namesOf(commonName), ...namesOf(altNames)].map((name) => name.toLowerCase());
  return [...new Set(names)];
}

/** Whether the instance rotates it: nobody but the person can set the records of a manual provider. */
export function rotatesAlone({ dns, rotates }: NewPublicCert): boolean {
  return rotates && dns !== manual;
}

export function publicCertMissing(draft: NewPublicCert): Missing {
  if (draft.ca === '') return { field: 'ca', message: 'Choose a certificate authority.' };
  if (allNames(draft).length > 0) return null;
  return { field: 'common_name', message: 'Enter the name that the certificate is for.' };
}

export function publicCertFilled({ commonName, altNames, ca }: NewPublicCert): boolean {
  return [commonName, altNames, ca].some((text) => text !== '');
}

export function publicCertForm(draft: NewPublicCert): NewPublicCertForm {
  return {
    ca: draft.ca,
    dns: draft.dns,
    common_name: draft.commonName.trim(),
    alt_names: namesOf(draft.altNames),
    key_algorithm: draft.algorithm,
    bundle_certs: draft.bundle,
    rotation: { auto_rotate: rotatesAlone(draft), rotate_keys: draft.newKeys },
  };
}
