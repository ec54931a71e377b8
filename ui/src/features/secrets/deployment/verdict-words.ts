import type { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import type { ChainSent, Serves, Verdict } from '../../../ipc/bindings';

/** One thing that was found, as an icon and words. */
export type Line = { words: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

/** What a server shows, in words: the certificate, the chain, the name. */
export function verdictLines({ serves, chain, covers_name, server_name }: Verdict): Line[] {
  return [
    servesLine(serves),
    chainLine(chain),
    covers_name
      ? { words: `The certificate covers the name ${server_name}.`, kind: 'succeeded' }
      : { words: `The certificate does not cover the name ${server_name}.`, kind: 'failed' },
  ];
}

function servesLine(serves: Serves): Line {
  switch (serves.kind) {
    case 'current':
      return { words: 'The server serves the current version.', kind: 'succeeded' };
    case 'older':
      return { words: `The server still serves version ${serves.number}.`, kind: 'caution-major' };
    case 'other':
      return { words: 'The server serves another certificate, which is none of the versions kept.', kind: 'failed' };
  }
}

function chainLine(chain: ChainSent): Line {
  switch (chain.kind) {
    case 'complete':
      return { words: 'The chain is complete.', kind: 'succeeded' };
    case 'self_signed':
      return { words: 'The certificate is its own issuer and needs no chain.', kind: 'informative' };
    case 'missing':
      return {
        words: `The intermediates are missing: the server sends its certificate alone. It was issued by ${chain.issuer}.`,
        kind: 'caution-major',
      };
    case 'broken':
      return {
        words: `The chain is broken: the certificate of ${chain.issuer} should stand where another one does.`,
        kind: 'caution-major',
      };
  }
}
