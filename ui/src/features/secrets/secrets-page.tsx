import { TableContainer } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useServiceUrl } from '../../ipc/api-access';
import { commands, events, type ListSecrets, type ListState, type SecretView, type SortKey } from '../../ipc/bindings';
import { groupNamesQuery } from '../../ipc/groups';
import { useActiveInstance, useOfflineReason } from '../../ipc/instances';
import { toProblem } from '../../ipc/problem';
import { useToasts } from '../../components/toasts';
import { useIpcEvent } from '../../components/use-ipc-event';
import { useKey } from '../../components/use-key';
import { useSlow } from '../../components/use-slow';
import { useAskedDialog } from './asked-dialog';
import { BatchBar } from './batch/batch-bar';
import { shownColumns } from './list/columns';
import { Filters } from './list/filters';
import { ListBody } from './list/list-body';
import { ListPagination } from './list/list-pagination';
import { applied, cleared, isNarrowed, lastPage, narrowed, pageOf, paged, searched, sortedBy } from './list/list-state';
import type { SecretAction } from './list/row-menu';
import { Toolbar } from './list/toolbar';
import { useKeptFocus } from './list/use-kept-focus';
import { useListView, useSavedListState } from './list/use-list-view';
import { useSelection } from './list/use-selection';
import { ListDialog } from './list-dialog';
import { refreshSecrets, secretsQuery } from './queries';
import { SavedFiltersMenu } from './saved-filters/saved-filters-menu';
import { useListDialog } from './use-list-dialog';
import { ClipboardNotice } from '../../components/clipboard-notice';

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
  const showToast = useToasts();
  const [view, setView] = useListView(saved);
  const search = useRef<HTMLInputElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const { opened, open, onClose } = useListDialog(addButton);
  const keptFocus = useKeptFocus(addButton);
  const { data: page, error, isFetching, isPlaceholderData } = useQuery(secretsQuery(view.query));
  const slow = useSlow(isFetching);
  const offline = useOfflineReason() !== null;
  const selection = useSelection(page?.items);
  const { data: groupNames } = useQuery(groupNamesQuery);
  // known before the menu of a row needs it
  useServiceUrl();
  const columns = useMemo(() => shownColumns(view.columns, groupNames), [view.columns, groupNames]);

  useIpcEvent(events.instanceChanged, () => void refreshSecrets(client));

  const strayed = page && !isPlaceholderData && page.items.length === 0 && page.total_count > 0;
  useEffect(() => {
    if (strayed) setView((now) => lastPage(now, page.total_count));
  });

  const onAction = useCallback((action: SecretAction, secret: SecretView) => open({ action, secret }), [open]);
  const onAdd = useCallback(
    () => {
      if (offline) return;
      if (recoveryConfirmed) open({ action: 'add' });
      else onFinishRecovery();
    },
    [open, offline, recoveryConfirmed, onFinishRecovery],
  );
  useAskedDialog(opened === null, useActiveInstance()?.id, (asked) => {
    if (asked.action === 'add') {
      onAdd();
      return;
    }
    commands.getSecret(asked.secretId).then(
      (secret) => open({ action: asked.action, secret }),
      // it was deleted meanwhile, say
      (refusal: unknown) => {
        const { message, remedy } = toProblem(refusal);
        showToast({ title: message, subtitle: remedy ?? '', kind: 'warning' });
      },
    );
  });

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
  const onApply = useCallback((query: ListSecrets) => setView((now) => applied(now, query)), [setView]);
  useKey('n', onAdd);
  const isNarrow = isNarrowed(view);
  const savedFilters = useMemo(
    () => <SavedFiltersMenu narrowed={isNarrow} onApply={onApply} onOpen={open} />,
    [isNarrow, onApply, open],
  );

  return (
    <section className="kt-secrets" aria-labelledby="kt-secrets-title" {...keptFocus}>
      <h1 id="kt-secrets-title" className="kt-page__title kt-secrets__title">
        Secrets
      </h1>
      <Filters query={view.query} onNarrow={onNarrow} onClear={onClear}>
        {savedFilters}
      </Filters>
      <TableContainer className="kt-list">
        <Toolbar
          searchText={view.searchText}
          onSearch={(text) => setView((now) => searched(now, text))}
          columns={view.columns}
          onColumns={onColumns}
          onRefresh={onRefresh}
          refreshing={slow}
          onAdd={onAdd}
          batch={<BatchBar selection={selection} onOpen={open} />}
          selecting={selection.ids.size > 0}
          search={search}
          addButton={addButton}
        />
        <ListBody
          view={view}
          columns={columns}
          page={page}
          error={error}
          selection={selection}
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
      {opened ? (
        <ListDialog opened={opened} query={view.query} onDeleted={selection.drop} onClose={onClose} />
      ) : (
        <ClipboardNotice />
      )}
    </section>
  );
}
