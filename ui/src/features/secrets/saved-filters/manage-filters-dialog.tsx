import { Modal } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { SavedFilter } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { DeletedFilterRow, FilterRow } from './filter-row';
import { savedFiltersQuery, useKeepFilters, withFilter, withoutFilter } from './saved-filters';

/** The list **Saved filters**. One that is deleted can be brought back as long as the list is open. */
export function ManageFiltersDialog({ onClose }: { onClose: () => void }) {
  const { data: filters = [] } = useQuery(savedFiltersQuery);
  const [deleted, setDeleted] = useState<readonly SavedFilter[]>([]);
  const keep = useKeepFilters();
  const rows = deleted.reduce(withFilter, [...filters]);

  async function remove(filter: SavedFilter): Promise<void> {
    const kept = await keep.run((before) => withoutFilter(before, filter.name));
    if (kept) setDeleted((before) => withFilter(before, filter));
  }

  async function bringBack(filter: SavedFilter): Promise<void> {
    const kept = await keep.run((before) => withFilter(before, filter));
    if (kept) setDeleted((before) => withoutFilter(before, filter.name));
  }

  return createPortal(
    <Modal open passiveModal size="xs" modalHeading="Saved filters" className="kt-task" onRequestClose={onClose}>
      {/* on the button, Escape would close its tooltip first */}
      <div tabIndex={-1} data-modal-primary-focus="" className="kt-filter-list">
        <ul aria-label="Saved filters">
          {rows.map((filter) =>
            deleted.includes(filter) ? (
              <DeletedFilterRow key={filter.name} name={filter.name} onUndo={() => void bringBack(filter)} />
            ) : (
              <FilterRow key={filter.name} name={filter.name} onDelete={() => void remove(filter)} />
            ),
          )}
        </ul>
        <ProblemNotice error={keep.error} />
      </div>
    </Modal>,
    document.body,
  );
}
