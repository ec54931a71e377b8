import { WarningAltFilled } from '@carbon/icons-react';
import type { ReactNode } from 'react';
import type { SecretView, SortKey } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { StateTag } from '../../../components/state-tag';
import { expirationOf, lastAccessed } from '../facts';
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
  { key: 'state', title: 'Status', sort: 'state', cell: ({ metadata }) => <StateTag state={metadata.state} /> },
  { key: 'expires', title: 'Expires', sort: 'expiration_date', cell: (secret) => <Expires secret={secret} /> },
  {
    key: 'rotated',
    title: 'Last rotated',
    sort: 'rotated_at',
    cell: ({ rotated_at }) => <RelativeDate value={rotated_at} />,
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

/** The chosen columns in their fixed order. */
export function shownColumns(keys: readonly string[]): Column[] {
  return columns.filter(({ key }) => keys.includes(key));
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
