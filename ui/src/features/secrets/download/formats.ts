import type { CertificateFormat } from '../../../ipc/bindings';

/** A form in which a certificate can be saved. */
export type Format = {
  format: CertificateFormat;
  title: string;
  /** What is inside, in a sentence. */
  inside: string;
  /** Whether the private key is in it. */
  key: boolean;
  /** Whether it is locked with a password. */
  password: boolean;
};

/** All forms, the usual ones first. */
export const formats: readonly Format[] = [
  {
    format: 'pem_bundle',
    title: 'PEM bundle',
    inside: 'Certificate, intermediates and private key in one text file, not encrypted.',
    key: true,
    password: false,
  },
  {
    format: 'pem_parts',
    title: 'PEM files (ZIP)',
    inside: 'Certificate, intermediates and private key in a file each, not encrypted.',
    key: true,
    password: false,
  },
  {
    format: 'chain',
    title: 'Certificate and intermediates (PEM)',
    inside: 'What a server shows to its clients, in one text file.',
    key: false,
    password: false,
  },
  {
    format: 'certificate',
    title: 'Certificate only (PEM)',
    inside: 'The certificate alone, in a text file.',
    key: false,
    password: false,
  },
  {
    format: 'pkcs12',
    title: 'PKCS#12',
    inside: 'Certificate, intermediates and private key, locked with a password. For Windows and many servers.',
    key: true,
    password: true,
  },
  {
    format: 'jks',
    title: 'Java KeyStore (JKS)',
    inside: 'Certificate, intermediates and private key, locked with a password. For older Java programs.',
    key: true,
    password: true,
  },
  {
    format: 'truststore_pkcs12',
    title: 'Trust store (PKCS#12), without keys',
    inside: 'The certificates that a Java program is to trust, sealed with a password.',
    key: false,
    password: true,
  },
  {
    format: 'truststore_jks',
    title: 'Trust store (JKS), without keys',
    inside: 'The same for older Java programs, sealed with a password.',
    key: false,
    password: true,
  },
];
