import type { VersionView } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { RevokedWord } from '../certificate/revoked-word';

/** That the certificate of a version was revoked, and when. */
export function RevokedMark({ version }: { version: VersionView }) {
  const at = version.key?.revoked_at;
  if (!at) return null;
  return (
    <div className="kt-version__revoked">
      <RevokedWord />
      <RelativeDate value={at} />
    </div>
  );
}

/** Whether the certificate of a version can be revoked at all. */
export function isRevocable({ metadata }: VersionView): boolean {
  return metadata.secret_type === 'private_cert';
}
