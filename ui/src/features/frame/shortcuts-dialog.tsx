import { Modal, StructuredListBody, StructuredListCell, StructuredListRow, StructuredListWrapper } from '@carbon/react';
import { createPortal } from 'react-dom';

const shortcuts = [
  { keys: '/', does: 'Search' },
  { keys: '?', does: 'List of shortcuts' },
  { keys: 'Escape', does: 'Close what is open' },
  { keys: 'Enter', does: 'Confirm' },
  { keys: 'Ctrl+L', does: 'Lock' },
];

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return createPortal(
    <Modal open passiveModal size="xs" modalHeading="Keyboard shortcuts" onRequestClose={onClose}>
      {/* on the button, Escape would close its tooltip first */}
      <div tabIndex={-1} data-modal-primary-focus className="kt-shortcuts">
        <StructuredListWrapper isCondensed aria-label="Keyboard shortcuts">
          <StructuredListBody>
            {shortcuts.map(({ keys, does }) => (
              <StructuredListRow key={keys}>
                <StructuredListCell>
                  <kbd className="kt-shortcuts__keys">{keys}</kbd>
                </StructuredListCell>
                <StructuredListCell>{does}</StructuredListCell>
              </StructuredListRow>
            ))}
          </StructuredListBody>
        </StructuredListWrapper>
      </div>
    </Modal>,
    document.body,
  );
}
