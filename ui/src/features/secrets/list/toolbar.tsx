import { Renew } from '@carbon/icons-react';
import { IconButton, InlineLoading, Search, TableToolbar, TableToolbarContent } from '@carbon/react';
import { memo, type ReactNode, type RefObject } from 'react';
import { useKey } from '../../../components/use-key';
import { WriteButton } from '../../../components/write-button';
import { ColumnSettings } from './column-settings';
import { searchFault } from './list-state';

type ToolbarActionsProps = {
  columns: readonly string[];
  onColumns: (columns: string[]) => void;
  onRefresh: () => void;
  onAdd: () => void;
  addButton: RefObject<HTMLButtonElement | null>;
};

type ToolbarProps = ToolbarActionsProps & {
  searchText: string;
  onSearch: (text: string) => void;
  refreshing: boolean;
  /** Takes the place of the actions while secrets are selected. */
  batch: ReactNode;
  selecting: boolean;
  search: RefObject<HTMLInputElement | null>;
};

/** Search, columns, refresh and **Add**. `/` goes to the search from anywhere on the page. */
export function Toolbar(props: ToolbarProps) {
  const { searchText, onSearch, refreshing, batch, selecting, search, ...actions } = props;
  useKey('/', () => search.current?.focus());
  const fault = searchFault(searchText);
  return (
    <>
      <TableToolbar aria-label="Secrets">
        <TableToolbarContent>
          <Search
            ref={search}
            className="cds--toolbar-search-container-persistent"
            size="lg"
            labelText="Search secrets"
            placeholder="Search name, id, description, labels; certificates: names, issuer, serial number"
            value={searchText}
            aria-describedby="kt-search-hint"
            onChange={(event) => onSearch(event.target.value)}
          />
          {refreshing && <InlineLoading className="kt-list__refreshing" description="Refreshing" />}
          {!selecting && <ToolbarActions {...actions} />}
          {batch}
        </TableToolbarContent>
      </TableToolbar>
      <p id="kt-search-hint" className={fault ? 'kt-list__hint' : 'cds--visually-hidden'} aria-live="polite">
        {fault}
      </p>
    </>
  );
}

/** What stands right of the search, and is left alone while one types there. */
const ToolbarActions = memo(function ToolbarActions(props: ToolbarActionsProps) {
  const { columns, onColumns, onRefresh, onAdd, addButton } = props;
  return (
    <>
      <ColumnSettings columns={columns} onColumns={onColumns} />
      <IconButton label="Refresh" kind="ghost" size="lg" onClick={onRefresh}>
        <Renew />
      </IconButton>
      <WriteButton ref={addButton} onClick={onAdd}>
        Add
      </WriteButton>
    </>
  );
});
