import { TableContainer } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { events, type ListSecrets, type ListState, type SecretView, type SortKey } from '../../ipc/bindings';
import { useDropRouting } from '../../components/file-drops';
import { useIpcEvent } from '../../components/use-ipc-event';
import { useSlow } from '../../components/use-slow';
import { shownColumns } from './list/columns';
import { Filters } from './list/filters';
import { ListBody } from './list/list-body';
import { ListPagination } from './list/list-pagination';
import { cleared, lastPage, narrowed, pageOf, paged, searched, sortedBy } from './list/list-state';
import type { SecretAction } from './list/row-menu';
import { Toolbar } from './list/toolbar';
import { useListView, useSavedListState } from './list/use-list-view';
import { OpenedDialog, type Opened } from './opened-dialog';
import { refreshSecrets, secretsQuery } from './queries';
import { ClipboardNotice } from './view/clipboard-notice';

/** The page **Secrets**: the list, as it was left, and what can be done with each of its rows. */
export function SecretsPage() {
  const saved = useSavedListState();
  if (saved.isPending) return null;
  return <SecretsList saved={saved.data ?? null} />;
}

function SecretsList({ saved }: { saved: ListState | null }) {
  const client = useQueryClient();
  const [view, setView] = useListView(saved);
  const [opened, setOpened] = useState<Opened | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const { data: page, error, isFetching, isPlaceholderData } = useQuery(secretsQuery(view.query));
  const slow = useSlow(isFetching);
  const columns = useMemo(() => shownColumns(view.columns), [view.columns]);

  useDropRouting();
  useIpcEvent(events.instanceChanged, () => void refreshSecrets(client));

  const strayed = page && !isPlaceholderData && page.items.length === 0 && page.total_count > 0;
  useEffect(() => {
    if (strayed) setView((now) => lastPage(now, page.total_count));
  });

  const onAction = useCallback((action: SecretAction, secret: SecretView) => setOpened({ action, secret }), []);
  const onAdd = useCallback(() => setOpened({ action: 'add' }), []);
  const onNarrow = useCallback((change: Partial<ListSecrets>) => setView((now) => narrowed(now, change)), [setView]);
  const onSort = useCallback((key: SortKey) => setView((now) => sortedBy(now, key)), [setView]);
  const onClear = useCallback(() => setView(cleared), [setView]);
  const onColumns = useCallback((chosen: string[]) => setView((now) => ({ ...now, columns: chosen })), [setView]);
  const onPage = useCallback((number: number, size: number) => setView((now) => paged(now, number, size)), [setView]);
  const onRefresh = useCallback(() => void refreshSecrets(client), [client]);
  const onClose = useCallback(() => {
    setOpened(null);
    focusBack(opened, addButton.current);
  }, [opened]);

  return (
    <section className="kt-secrets" aria-labelledby="kt-secrets-title">
      <h1 id="kt-secrets-title" className="kt-page__title kt-secrets__title">
        Secrets
      </h1>
      <Filters query={view.query} onNarrow={onNarrow} onClear={onClear} />
      <TableContainer className="kt-list">
        <Toolbar
          searchText={view.searchText}
          onSearch={(text) => setView((now) => searched(now, text))}
          columns={view.columns}
          onColumns={onColumns}
          onRefresh={onRefresh}
          refreshing={slow}
          onAdd={onAdd}
          addButton={addButton}
        />
        <ListBody
          view={view}
          columns={columns}
          page={page}
          error={error}
          onRetry={onRefresh}
          onSort={onSort}
          onAction={onAction}
          onClear={onClear}
          onAdd={onAdd}
        />
        {page && page.total_count > 0 && (
          <ListPagination
            page={pageOf(view.query)}
            pageSize={view.query.limit}
            total={page.total_count}
            onPage={onPage}
          />
        )}
      </TableContainer>
      {opened ? <OpenedDialog opened={opened} onClose={onClose} /> : <ClipboardNotice />}
    </section>
  );
}

/** To the row's button, or, when the row is gone or none was meant, to **Add**. */
function focusBack(opened: Opened | null, addButton: HTMLElement | null): void {
  // the dialog leaves the page first
  requestAnimationFrame(() => {
    const id = opened && 'secret' in opened ? opened.secret.metadata.id : '';
    const button = document.querySelector<HTMLElement>(`[data-actions-of="${id}"]`);
    (button ?? addButton)?.focus();
  });
}
