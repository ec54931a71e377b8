import { WarningAltFilled } from '@carbon/icons-react';
import type { ReactNode } from 'react';
import type { SecretView, SortKey } from '../../../ipc/bindings';
import { groupName, type GroupNames } from '../../../ipc/groups';
import { RelativeDate } from '../../../components/relative-date';
import { RevokedMark } from '../certificate/revoked-word';
import { NextRotation } from '../due/next-rotation';
import { OverdueMark } from '../due/overdue-mark';
import { expirationOf, lastAccessed } from '../facts';
import { LockNumber } from '../locks/lock-total';
import { SecretState } from '../orders/secret-state';
import { typeTitle } from '../types/secret-types';

export type Column = {
  key: string;
  title: string;
  /** What the list is sorted by; absent where the instance knows no such order. */
  sort?: SortKey;
  cell: (secret: SecretView) => ReactNode;
};

const soon = 30 * 86_400_000;

/** Every column there is. The first one, **Name**, is made by the row and cannot be left out. */
export const columns: readonly Column[] = [
  { key: 'name', title: 'Name', sort: 'name', cell: ({ metadata }) => metadata.name },
  { key: 'type', title: 'Type', sort: 'secret_type', cell: ({ metadata }) => typeTitle(metadata.secret_type) },
  { key: 'group', title: 'Group', sort: 'secret_group', cell: ({ metadata }) => metadata.secret_group_id },
  { key: 'state', title: 'Status', sort: 'state', cell: (secret) => <Status secret={secret} /> },
  { key: 'expires', title: 'Expires', sort: 'expiration_date', cell: (secret) => <Expires secret={secret} /> },
  {
    key: 'rotated',
    title: 'Last rotated',
    sort: 'rotated_at',
    cell: ({ rotated_at }) => <RelativeDate value={rotated_at} />,
  },
  { key: 'due', title: 'Next rotation', sort: 'due', cell: (secret) => <NextRotation secret={secret} /> },
  {
    key: 'locks',
    title: 'Locks',
    sort: 'locks_total',
    cell: ({ metadata }) => (metadata.locks_total > 0 ? <LockNumber total={metadata.locks_total} /> : null),
  },
  { key: 'labels', title: 'Labels', cell: ({ metadata }) => metadata.labels.join(', ') || '—' },
  { key: 'description', title: 'Description', cell: ({ metadata }) => metadata.description ?? '—' },
  {
    key: 'created',
    title: 'Created',
    sort: 'created_at',
    cell: ({ metadata }) => <RelativeDate value={metadata.created_at} />,
  },
  {
    key: 'updated',
    title: 'Updated',
    sort: 'updated_at',
    cell: ({ metadata }) => <RelativeDate value={metadata.updated_at} />,
  },
  {
    key: 'accessed',
    title: 'Last accessed',
    sort: 'retrieved_at',
    cell: ({ metadata }) => <RelativeDate value={lastAccessed(metadata)} none="Never" />,
  },
  { key: 'id', title: 'ID', sort: 'id', cell: ({ metadata }) => <code>{metadata.id}</code> },
];

/** The chosen columns in their fixed order. Secrets know the ids of their groups, `names` the rest. */
export function shownColumns(keys: readonly string[], names: GroupNames | undefined): Column[] {
  return columns
    .filter(({ key }) => keys.includes(key))
    .map((column) =>
      column.key === 'group' ? { ...column, cell: ({ metadata }) => groupName(names, metadata.secret_group_id) } : column,
    );
}

function Status({ secret }: { secret: SecretView }) {
  return (
    <>
      <SecretState secret={secret} />
      <RevokedMark metadata={secret.metadata} />
      <OverdueMark due={secret.due} />
    </>
  );
}

function Expires({ secret }: { secret: SecretView }) {
  const date = expirationOf(secret.metadata);
  if (!date) return 'Never';
  return (
    <span className="kt-expires">
      {isSoon(secret, date) && <WarningAltFilled className="kt-expires__soon" aria-hidden="true" />}
      <RelativeDate value={date} />
    </span>
  );
}

function isSoon({ metadata }: SecretView, date: string): boolean {
  return metadata.state === 1 && new Date(date).getTime() - Date.now() < soon;
}
