import { Copy, Download, TrashCan } from '@carbon/icons-react';
import { Button } from '@carbon/react';
import { memo } from 'react';
import { count } from '../../../components/amounts';
import { WriteButton } from '../../../components/write-button';
import type { Selection } from '../list/use-selection';

/** What is done with several secrets. */
export type BatchTask = { action: 'download' | 'copy-selected' | 'delete-selected'; ids: readonly string[] };

type BatchBarProps = {
  selection: Selection;
  onOpen: (task: BatchTask) => void;
};

/**
 * What can be done with all selected secrets. Of the toolbar it leaves the search: secrets of several
 * searches can be selected.
 */
export const BatchBar = memo(function BatchBar({ selection, onOpen }: BatchBarProps) {
  const { ids, onPage, last, clear } = selection;
  const summary = summaryOf(ids.size, onPage);
  const begin = (action: BatchTask['action']) => () => onOpen({ action, ids: [...ids] });

  function cancel(): void {
    // the bar goes with the selection
    document.getElementById(`kt-select-${last}`)?.focus({ preventScroll: true });
    clear();
  }

  return (
    <>
      {/* there before the first box is ticked, so that it is read out */}
      <p role="status" className="cds--visually-hidden">
        {summary}
      </p>
      {ids.size > 0 && (
        <div className="cds--batch-actions cds--batch-actions--active kt-batch" role="group" aria-label="Selected secrets">
          <div className="cds--batch-summary">
            <p className="cds--batch-summary__para" aria-hidden="true">
              {summary}
            </p>
          </div>
          <div className="cds--action-list">
            {/* values are never kept, so they need the connection as well */}
            <WriteButton renderIcon={Download} onClick={begin('download')}>
              Download
            </WriteButton>
            <WriteButton renderIcon={Copy} onClick={begin('copy-selected')}>
              Copy to…
            </WriteButton>
            <WriteButton renderIcon={TrashCan} onClick={begin('delete-selected')}>
              Delete
            </WriteButton>
            <Button className="cds--batch-summary__cancel" onClick={cancel}>
              Cancel
            </Button>
          </div>
        </div>
      )}
    </>
  );
});

function summaryOf(selected: number, onPage: number): string {
  if (selected === 0) return '';
  const items = selected === 1 ? '1 item selected' : `${count(selected)} items selected`;
  if (onPage === selected) return items;
  return `${items}, ${onPage === 0 ? 'none' : count(onPage)} on this page`;
}
