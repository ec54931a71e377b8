import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import { RelativeDate } from '../../../components/relative-date';
import { useTick } from '../../../components/use-tick';
import { RevokedWord } from './revoked-word';

type ValidityState = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

const soon = 30 * 86_400_000;

/** How a certificate stands at a moment. */
export function validityState(notBefore: string, notAfter: string, now: Date): ValidityState {
  const left = new Date(notAfter).getTime() - now.getTime();
  if (left < 0) return { word: 'Expired', kind: 'failed' };
  if (new Date(notBefore).getTime() > now.getTime()) return { word: 'Not valid yet', kind: 'caution-minor' };
  if (left < soon) return { word: 'Valid, ends soon', kind: 'caution-minor' };
  return { word: 'Valid', kind: 'succeeded' };
}

type ValidityProps = {
  notBefore: string;
  notAfter: string;
  /** When it was revoked, which its dates know nothing of. */
  revokedAt?: string | null;
  now?: Date;
};

/** From when until when, and what that means now. */
export function Validity({ notBefore, notAfter, revokedAt = null, now = new Date() }: ValidityProps) {
  useTick();
  const { word, kind } = validityState(notBefore, notAfter, now);
  return (
    <>
      {revokedAt === null ? <IconIndicator kind={kind} label={word} /> : <RevokedWord />}
      {revokedAt !== null && (
        <span className="kt-certificate__dates">
          <RelativeDate value={revokedAt} now={now} />
        </span>
      )}
      <span className="kt-certificate__dates">
        {revokedAt !== null && 'Issued for '}
        <RelativeDate value={notBefore} now={now} /> – <RelativeDate value={notAfter} now={now} />
      </span>
    </>
  );
}
