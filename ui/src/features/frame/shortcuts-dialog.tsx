import { Modal, StructuredListBody, StructuredListCell, StructuredListRow, StructuredListWrapper } from '@carbon/react';
import { createPortal } from 'react-dom';

type Group = { title: string; keys: readonly (readonly [key: string, does: string])[] };

const groups: readonly Group[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl+K', 'Search all instances, run an action'],
      ['?', 'List of shortcuts'],
      ['Ctrl+L', 'Lock'],
    ],
  },
  {
    title: 'Secrets list',
    keys: [
      ['/', 'Search'],
      ['n', 'Add a secret'],
      ['Up, Down', 'Go to the row above or below'],
      ['Space', 'Select the row, on its checkbox'],
      ['Shift+Space', 'Select all rows from the last checkbox to this one'],
      ['Enter', 'Open the details of the row'],
      ['v', 'View the secret of the row'],
      ['r', 'Rotate the secret of the row'],
      ['h', 'Version history of the row'],
    ],
  },
  {
    title: 'Dialogs',
    keys: [
      ['Enter', 'Confirm'],
      ['Escape', 'Close what is open'],
      ['Ctrl+C', 'Copy the value that is shown'],
      ['Shift+Enter', 'Begin a line in a value of a key-value table'],
    ],
  },
];

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return createPortal(
    <Modal open passiveModal size="sm" modalHeading="Keyboard shortcuts" onRequestClose={onClose}>
      {/* on the button, Escape would close its tooltip first */}
      <div tabIndex={-1} data-modal-primary-focus className="kt-shortcuts">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="kt-shortcuts__title">{title}</h3>
            <StructuredListWrapper isCondensed aria-label={title}>
              <StructuredListBody>
                {keys.map(([key, does]) => (
                  <StructuredListRow key={key}>
                    <StructuredListCell className="kt-shortcuts__key">
                      <kbd className="kt-shortcuts__keys">{key}</kbd>
                    </StructuredListCell>
                    <StructuredListCell>{does}</StructuredListCell>
                  </StructuredListRow>
                ))}
              </StructuredListBody>
            </StructuredListWrapper>
          </section>
        ))}
      </div>
    </Modal>,
    document.body,
  );
}
