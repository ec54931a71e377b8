import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { VersionView } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';

/** That the certificate of a version was revoked, and when. */
export function RevokedMark({ version }: { version: VersionView }) {
  const at = version.key?.revoked_at;
  if (!at) return null;
  return (
    <div className="kt-version__revoked">
      <IconIndicator kind="caution-major" label="Revoked" />
      <RelativeDate value={at} />
    </div>
  );
}

/** Whether the certificate of a version can be revoked at all. */
export function isRevocable({ metadata }: VersionView): boolean {
  return metadata.secret_type === 'private_cert';
}

/** Why it cannot be revoked now. */
export function revocationHindrance({ key, locks_total, view_hindrance }: VersionView): string | null {
  if (key?.revoked_at) return 'The certificate of this version was revoked before.';
  if (view_hindrance) return view_hindrance;
  return locks_total > 0 ? 'This version is locked, so it cannot be revoked. Remove its locks first.' : null;
}
