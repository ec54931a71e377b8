import { Menu, MenuItem, MenuItemDivider } from '@carbon/react';
import { OverflowMenuVertical } from '@carbon/icons-react';
import { useState } from 'react';
import type { InstanceRow } from '../../ipc/bindings';

type RowActionsProps = { instance: InstanceRow; onOpen: () => void; onRename: () => void; onRemove: () => void };

/** The menu **Actions** of one instance. */
export function RowActions({ instance, onOpen, onRename, onRemove }: RowActionsProps) {
  const [button, setButton] = useState<DOMRect | null>(null);
  return (
    <>
      <button
        type="button"
        className="cds--overflow-menu cds--overflow-menu--md"
        aria-haspopup="menu"
        aria-expanded={button !== null}
        aria-label={`Actions for ${instance.name}`}
        data-actions-of={instance.id}
        onClick={(event) => setButton(event.currentTarget.getBoundingClientRect())}
      >
        <OverflowMenuVertical className="cds--overflow-menu__icon" aria-hidden="true" />
      </button>
      {button && (
        <Menu
          open
          label={`Actions for ${instance.name}`}
          size="md"
          x={[button.left, button.right]}
          y={[button.top, button.bottom]}
          onClose={() => setButton(null)}
        >
          <MenuItem label="Open" onClick={onOpen} />
          <MenuItem label="Rename" onClick={onRename} />
          <MenuItemDivider />
          <MenuItem label="Remove" kind="danger" onClick={onRemove} />
        </Menu>
      )}
    </>
  );
}
