import { InlineLoading } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { VersionAlias } from '../../../ipc/bindings';
import { EmptyState } from '../../../components/empty-state';
import { ProblemNotice } from '../../../components/problem-notice';
import { SidePanel } from '../../../components/side-panel';
import type { SecretRef } from '../facts';
import { secretQuery, versionsQuery } from '../queries';
import { CreateButton } from './create-button';
import { countLocks, lockEffect, lockHindrance } from './lock-facts';
import { LockList } from './lock-list';
import { LockTools } from './lock-tools';
import { LocksDialog, useLocksDialog } from './locks-dialog';
import { allOf, grouped, noSelection, type Selection } from './selection';
import { SelectionBar } from './selection-bar';
import { useLockList } from './use-lock-list';
import { VersionLocks } from './version-locks';

// with fewer, one sees them all at once
const searchableFrom = 11;

/** **Locks**: who keeps which version of a secret, and what that means for it now. */
export function LocksPanel({ secret, onClose }: { secret: SecretRef; onClose: () => void }) {
  const current = useQuery(secretQuery(secret.id));
  const versions = useQuery(versionsQuery(secret.id));
  const locks = useLockList(secret.id);
  const list = useRef<HTMLUListElement>(null);
  const [selected, setSelected] = useState<{ revision: string; selection: Selection } | null>(null);
  const dialog = useLocksDialog();

  const all = versions.data ?? [];
  const counts = countLocks(all);
  const total = counts.current + counts.previous;
  const held = current.data?.held_by_locks ?? false;
  const revision = current.data?.revision ?? '';
  // locks that changed since are not those that were selected
  const selection = selected?.revision === revision ? selected.selection : noSelection;
  const page = locks.query.data;
  const takesLocks = (alias: VersionAlias) => lockHindrance(all, alias) === null;
  const hindrance =
    versions.data && !takesLocks('current') && !takesLocks('previous') ? lockHindrance(all, 'current') : null;
  const onCreate = () => dialog.open({ action: 'create', alias: takesLocks('current') ? 'current' : 'previous' });
  const error = locks.query.error ?? versions.error ?? current.error;

  function reload(): void {
    for (const query of [locks.query, versions, current]) void query.refetch();
  }

  return (
    <SidePanel title="Locks" subtitle={secret.name} onClose={onClose}>
      <ProblemNotice error={error} action={{ label: 'Try again', run: reload }} />
      {!error && (!page || !versions.data) && <InlineLoading description="Reading the locks" />}
      {page && versions.data && total === 0 && (
        <EmptyState title="No locks" action={<CreateButton hindrance={hindrance} onCreate={onCreate} />}>
          A lock keeps a version in use from being replaced: while the previous version has one, the secret cannot be
          rotated, and with any lock it cannot be deleted.
        </EmptyState>
      )}
      {page && total > 0 && (
        <div className="kt-locks">
          <p className="kt-dialog__lead">{lockEffect({ held_by_locks: held }, counts)}</p>
          <VersionLocks
            counts={counts}
            onDeleteAll={(alias, button) => dialog.open({ action: 'delete', groups: allOf(all, alias), button })}
          />
          <CreateButton hindrance={hindrance} onCreate={onCreate} />
          {total > 1 && (
            <LockTools
              view={locks.view}
              searchable={total >= searchableFrom || locks.view.searchText !== ''}
              onSearch={locks.search}
              onSort={locks.sort}
            />
          )}
          {selection.size > 0 && (
            <SelectionBar
              total={selection.size}
              onDelete={(button) => dialog.open({ action: 'delete', groups: grouped(selection.values()), button })}
              onClear={() => {
                list.current?.focus();
                setSelected(null);
              }}
            />
          )}
          <LockList
            secretName={secret.name}
            page={page}
            view={locks.view}
            selection={selection}
            list={list}
            onSelect={(next) => setSelected({ revision, selection: next })}
            onDelete={(lock, button) => dialog.open({ action: 'delete', groups: grouped([lock]), button })}
            onPage={locks.turnTo}
          />
        </div>
      )}
      <LocksDialog secret={secret} dialog={dialog} counts={counts} held={held} />
    </SidePanel>
  );
}
