import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../ipc/bindings';
import { facts } from '../certificate/certificate-fixture';
import { verdictLines } from './verdict-words';

function words(over: Partial<Verdict>): string[] {
  return verdictLines({
    serves: { kind: 'current', intermediates_sent: true },
    covers_name: true,
    chain: { kind: 'complete' },
    server_name: 'www.example.com',
    address: '192.0.2.1:443',
    tls_version: 'TLS 1.3',
    ...over,
  }).map((line) => `${line.kind}: ${line.words}`);
}

describe('verdictLines', () => {
  it('says that all is well', () => {
    expect(words({})).toEqual([
      'succeeded: The server serves the current version.',
      'succeeded: The chain is complete.',
      'succeeded: The certificate covers the name www.example.com.',
    ]);
  });

  it.each<[Partial<Verdict>, string]>([
    [{ serves: { kind: 'older', number: 2 } }, 'caution-major: The server still serves version 2.'],
    [
      { serves: { kind: 'other', facts: facts() } },
      'failed: The server serves another certificate, which is none of the versions kept.',
    ],
    [{ chain: { kind: 'self_signed' } }, 'informative: The certificate is its own issuer and needs no chain.'],
    [
      { chain: { kind: 'missing', issuer: 'R3' } },
      'caution-major: The intermediates are missing: the server sends its certificate alone. It was issued by R3.',
    ],
    [
      { chain: { kind: 'broken', issuer: 'R3' } },
      'caution-major: The chain is broken: the certificate of R3 should stand where another one does.',
    ],
    [{ covers_name: false }, 'failed: The certificate does not cover the name www.example.com.'],
  ])('says what is not: %j', (over, line) => {
    expect(words(over)).toContain(line);
  });
});
