import { Button, Tag } from '@carbon/react';
import { useId } from 'react';
import type { VersionView } from '../../../ipc/bindings';
import { useOfflineReason } from '../../../ipc/instances';
import { byteSize } from '../../../components/amounts';
import { RelativeDate } from '../../../components/relative-date';
import { isCertificate } from '../certificate/certificate-type';
import { VersionFacts } from '../certificate/version-facts';
import { LockTotal } from '../locks/lock-total';
import { isRevocable, RevokedMark } from './revocation';

export type VersionAction = 'view' | 'copy' | 'download' | 'restore' | 'compare' | 'lock' | 'metadata' | 'revoke';

type VersionCardProps = {
  version: VersionView;
  /** The one before it, as far as the history goes. */
  older?: VersionView | undefined;
  /** Why it cannot be compared with another one. */
  compareHindrance: string | null;
  onAction: (action: VersionAction, version: VersionView, button: HTMLElement) => void;
};

const aliases = { current: 'Current', previous: 'Previous' } as const;

/** One version: what it is, and why something cannot be done with it. */
export function VersionCard({ version, older, compareHindrance, onAction }: VersionCardProps) {
  const { metadata, number, binary, size, restored_from } = version;
  const valueReason = useId();
  const restoreReason = useId();
  const compareReason = useId();
  const lockReason = useId();
  const revokeReason = useId();
  const offline = useOfflineReason();
  const incomparable = offline ?? compareHindrance;
  const hidden = offline ?? version.view_hindrance ?? null;
  const fixed = offline ?? version.restore_hindrance ?? null;
  const unlockable = offline ?? version.lock_hindrance ?? null;
  const trusted = offline ?? version.revoke_hindrance ?? null;
  const buttons: { action: VersionAction; label: string; hindrance: string | null; reason: string }[] = [
    { action: 'view', label: 'View', hindrance: hidden, reason: valueReason },
    { action: 'copy', label: 'Copy', hindrance: hidden, reason: valueReason },
    { action: 'download', label: 'Download', hindrance: hidden, reason: valueReason },
    { action: 'restore', label: 'Restore', hindrance: fixed, reason: fixed === hidden ? valueReason : restoreReason },
    {
      action: 'compare',
      label: 'Compare with…',
      hindrance: incomparable,
      reason: incomparable === hidden ? valueReason : compareReason,
    },
    { action: 'lock', label: 'Lock', hindrance: unlockable, reason: unlockable === hidden ? valueReason : lockReason },
    { action: 'metadata', label: 'Edit metadata', hindrance: offline, reason: valueReason },
    ...(isRevocable(version)
      ? [
          {
            action: 'revoke' as const,
            label: 'Revoke',
            hindrance: trusted,
            reason: trusted === hidden ? valueReason : revokeReason,
          },
        ]
      : []),
  ];
  // a certificate has a size and a form on disk, but nobody asks for them
  const certificate = isCertificate(metadata.secret_type);
  const facts = [
    certificate || size === null ? null : byteSize(size),
    metadata.payload_available || version.view_hindrance ? null : 'value no longer kept',
    metadata.downloaded ? 'value was read' : 'value never read',
    restored_from === null ? null : `restored from version ${restored_from}`,
  ];

  return (
    <li className="kt-version">
      <div className="kt-version__head">
        <h3 className="kt-version__number">Version {number}</h3>
        {metadata.alias && (
          <Tag size="sm" type={metadata.alias === 'current' ? 'green' : 'gray'}>
            {aliases[metadata.alias]}
          </Tag>
        )}
        {binary && !certificate && (
          <Tag size="sm" type="purple">
            Binary
          </Tag>
        )}
        {version.locks_total > 0 && (
          <Tag size="sm" type="outline">
            <LockTotal total={version.locks_total} />
          </Tag>
        )}
      </div>
      <p className="kt-version__made">
        <RelativeDate value={metadata.created_at} />
        {metadata.auto_rotated ? ' · Rotated automatically' : ` by ${metadata.created_by}`}
      </p>
      {certificate && <VersionFacts version={version} older={older} />}
      <RevokedMark version={version} />
      <p className="kt-version__facts">
        {facts.filter(Boolean).join(' · ')}
        {metadata.expiration_date && !metadata.validity && (
          <>
            {' · expires '}
            <RelativeDate value={metadata.expiration_date} />
          </>
        )}
      </p>
      <Comment metadata={metadata.version_custom_metadata} />
      {hidden && (
        <p id={valueReason} className="kt-version__reason">
          {hidden}
        </p>
      )}
      {fixed && fixed !== hidden && (
        <p id={restoreReason} className="kt-version__reason">
          {fixed}
        </p>
      )}
      {incomparable && incomparable !== hidden && (
        <p id={compareReason} className="kt-version__reason">
          {incomparable}
        </p>
      )}
      {unlockable && unlockable !== hidden && (
        // said once too often where a version is neither the current nor the previous one
        <p id={lockReason} className={metadata.alias ? 'kt-version__reason' : 'cds--visually-hidden'}>
          {unlockable}
        </p>
      )}
      {isRevocable(version) && trusted && trusted !== hidden && (
        <p id={revokeReason} className="cds--visually-hidden">
          {trusted}
        </p>
      )}
      <div className="kt-version__actions">
        {buttons.map(({ action, label, hindrance, reason }) => (
          <Button
            key={action}
            kind="ghost"
            size="sm"
            aria-label={action === 'metadata' ? `Edit metadata of version ${number}` : `${label} version ${number}`}
            disabled={hindrance !== null}
            title={hindrance ?? undefined}
            aria-describedby={hindrance === null ? undefined : reason}
            onClick={(event: { currentTarget: HTMLElement }) => onAction(action, version, event.currentTarget)}
          >
            {label}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** Version metadata, which people use as a comment: who asked, which ticket. */
function Comment({ metadata }: { metadata: VersionView['metadata']['version_custom_metadata'] }) {
  const entries = Object.entries(metadata ?? {});
  if (entries.length === 0) return null;
  return (
    <dl className="kt-version__comment">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
