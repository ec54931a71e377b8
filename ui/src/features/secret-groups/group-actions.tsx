import { Menu, MenuItemDivider } from '@carbon/react';
import { OverflowMenuVertical } from '@carbon/icons-react';
import { useState } from 'react';
import { ActionItem } from '../../components/action-item';
import type { SecretGroupView } from '../../ipc/bindings';

type GroupActionsProps = { view: SecretGroupView; onChoose: (action: 'edit' | 'delete') => void };

/** The menu **Actions** of one group. */
export function GroupActions({ view, onChoose }: GroupActionsProps) {
  const [button, setButton] = useState<DOMRect | null>(null);
  const { group, edit_hindrance, delete_hindrance } = view;
  const label = `Actions for ${group.name}`;
  return (
    <>
      <button
        type="button"
        className="cds--overflow-menu cds--overflow-menu--md"
        aria-haspopup="menu"
        aria-expanded={button !== null}
        aria-label={label}
        data-actions-of={group.id}
        onClick={(event) => setButton(event.currentTarget.getBoundingClientRect())}
      >
        <OverflowMenuVertical className="cds--overflow-menu__icon" aria-hidden="true" />
      </button>
      {button && (
        <Menu
          open
          label={label}
          size="md"
          x={[button.left, button.right]}
          y={[button.top, button.bottom]}
          onClose={() => setButton(null)}
        >
          <ActionItem label="Edit" hindrance={edit_hindrance} onChoose={() => onChoose('edit')} />
          <MenuItemDivider />
          <ActionItem label="Delete group" danger hindrance={delete_hindrance} onChoose={() => onChoose('delete')} />
        </Menu>
      )}
    </>
  );
}
