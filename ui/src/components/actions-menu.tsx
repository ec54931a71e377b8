import { Menu } from '@carbon/react';
import { OverflowMenuVertical } from '@carbon/icons-react';
import { useState, type ReactNode } from 'react';

type ActionsMenuProps = {
  /** Name of what the actions are for. */
  name: string;
  id: string;
  /** The entries. */
  children: ReactNode;
};

/** The menu **Actions** of one row of a table. */
export function ActionsMenu({ name, id, children }: ActionsMenuProps) {
  const [button, setButton] = useState<DOMRect | null>(null);
  const label = `Actions for ${name}`;
  return (
    <>
      <button
        type="button"
        className="cds--overflow-menu cds--overflow-menu--md"
        aria-haspopup="menu"
        aria-expanded={button !== null}
        aria-label={label}
        data-actions-of={id}
        onClick={(event) => setButton(event.currentTarget.getBoundingClientRect())}
      >
        <OverflowMenuVertical className="cds--overflow-menu__icon" aria-hidden="true" />
      </button>
      {button && (
        <Menu
          open
          label={label}
          size="md"
          className="kt-actions-menu"
          x={[button.left, button.right]}
          y={[button.top, button.bottom]}
          onClose={() => setButton(null)}
        >
          {children}
        </Menu>
      )}
    </>
  );
}
