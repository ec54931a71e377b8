import { Button, DataTableSkeleton } from '@carbon/react';
import type { Page, SecretView, SortKey } from '../../../ipc/bindings';
import { EmptyState } from '../../../components/empty-state';
import { ProblemNotice } from '../../../components/problem-notice';
import { WriteButton } from '../../../components/write-button';
import type { Column } from './columns';
import { isNarrowed, type ListView } from './list-state';
import type { SecretAction } from './row-menu';
import { SecretsTable } from './secrets-table';
import type { Selection } from './use-selection';

type ListBodyProps = {
  view: ListView;
  columns: readonly Column[];
  page: Page<SecretView> | undefined;
  error: unknown;
  selection: Selection;
  onRetry: () => void;
  onSort: (key: SortKey) => void;
  onAction: (action: SecretAction, secret: SecretView) => void;
  onClear: () => void;
  onAdd: () => void;
  recoveryConfirmed: boolean;
};

/** The rows, or what stands in their place: waiting, nothing there, nothing found, not readable. */
export function ListBody(props: ListBodyProps) {
  const { view, columns, page, error, selection, onRetry, onSort, onAction, onClear, onAdd, recoveryConfirmed } = props;
  if (error) return <ProblemNotice error={error} action={{ label: 'Try again', run: onRetry }} />;
  if (!page) {
    return (
      <DataTableSkeleton
        aria-label="Loading secrets"
        showHeader={false}
        showToolbar={false}
        columnCount={columns.length}
        rowCount={8}
        headers={columns.map(({ title }) => ({ key: title, header: title }))}
      />
    );
  }
  if (page.total_count === 0 && isNarrowed(view)) {
    return (
      <EmptyState
        title="No secret matches"
        action={
          <Button kind="tertiary" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        Search looks at name, id, description and labels, and for certificates also at their names, issuer and serial
        number. Filters narrow further: every one of them has to match.
      </EmptyState>
    );
  }
  if (page.total_count === 0) {
    return (
      <EmptyState title="No secrets yet" action={<WriteButton onClick={onAdd}>Add</WriteButton>}>
        Keep here what only some may know: API keys, tokens, passwords, key files. Each secret has versions, so that it
        can be rotated and an earlier value restored.
        {!recoveryConfirmed && ' Finish setting up the recovery code first: until then nothing can be saved.'}
      </EmptyState>
    );
  }
  return (
    <SecretsTable
      secrets={page.items}
      columns={columns}
      sort={view.query.sort}
      selection={selection}
      onSort={onSort}
      onAction={onAction}
    />
  );
}
