import { TableContainer } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { events, type ListSecrets, type ListState, type SecretView, type SortKey } from '../../ipc/bindings';
import { focusBack } from '../../components/focus-back';
import { useIpcEvent } from '../../components/use-ipc-event';
import { useOpened } from '../../components/use-opened';
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

type SecretsPageProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

/** The page **Secrets**: the list, as it was left, and what can be done with each of its rows. */
export function SecretsPage(props: SecretsPageProps) {
  const saved = useSavedListState();
  if (saved.isPending) return null;
  return <SecretsList {...props} saved={saved.data ?? null} />;
}

type SecretsListProps = SecretsPageProps & { saved: ListState | null };

function SecretsList({ saved, recoveryConfirmed, onFinishRecovery }: SecretsListProps) {
  const client = useQueryClient();
  const [view, setView] = useListView(saved);
  const { opened, open, close } = useOpened<Opened>();
  const search = useRef<HTMLInputElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const { data: page, error, isFetching, isPlaceholderData } = useQuery(secretsQuery(view.query));
  const slow = useSlow(isFetching);
  const columns = useMemo(() => shownColumns(view.columns), [view.columns]);

  useIpcEvent(events.instanceChanged, () => void refreshSecrets(client));

  const strayed = page && !isPlaceholderData && page.items.length === 0 && page.total_count > 0;
  useEffect(() => {
    if (strayed) setView((now) => lastPage(now, page.total_count));
  });

  const onAction = useCallback((action: SecretAction, secret: SecretView) => open({ action, secret }), [open]);
  const onAdd = useCallback(
    () => (recoveryConfirmed ? open({ action: 'add' }) : onFinishRecovery()),
    [open, recoveryConfirmed, onFinishRecovery],
  );
  const onNarrow = useCallback((change: Partial<ListSecrets>) => setView((now) => narrowed(now, change)), [setView]);
  const onSort = useCallback((key: SortKey) => setView((now) => sortedBy(now, key)), [setView]);
  const onClear = useCallback(() => {
    setView(cleared);
    // the button for this goes with the filters
    search.current?.focus();
  }, [setView]);
  const onColumns = useCallback((chosen: string[]) => setView((now) => ({ ...now, columns: chosen })), [setView]);
  const onPage = useCallback((number: number, size: number) => setView((now) => paged(now, number, size)), [setView]);
  const onRefresh = useCallback(() => void refreshSecrets(client), [client]);
  const onClose = useCallback(() => {
    if (close(opened)) returnFocus(opened, addButton.current);
  }, [close, opened]);

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
          search={search}
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
          recoveryConfirmed={recoveryConfirmed}
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
function returnFocus(opened: Opened | null, addButton: HTMLElement | null): void {
  focusBack(() => {
    const id = opened && 'secret' in opened ? opened.secret.metadata.id : '';
    return document.querySelector<HTMLElement>(`[data-actions-of="${id}"]`) ?? addButton;
  });
}
