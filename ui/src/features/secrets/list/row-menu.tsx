import { Menu, MenuItem, MenuItemDivider } from '@carbon/react';
import { Fragment, useId, type SyntheticEvent } from 'react';
import type { SecretView } from '../../../ipc/bindings';

/** What can be done with one secret from the list. */
export type SecretAction = 'view' | 'details' | 'rotate' | 'versions' | 'delete';

type RowMenuProps = {
  secret: SecretView;
  button: HTMLElement;
  onChoose: (action: SecretAction) => void;
  onClose: () => void;
};

type Item = { action: SecretAction; label: string; hindrance?: string | null | undefined };

/** The menu **Actions** of one row. What cannot be done says why, below its name. */
export function RowMenu({ secret, button, onChoose, onClose }: RowMenuProps) {
  const { name } = secret.metadata;
  const { availability } = secret;
  const items: Item[] = [
    { action: 'view', label: 'View secret', hindrance: availability.view },
    { action: 'details', label: 'Details' },
    { action: 'rotate', label: 'Rotate', hindrance: availability.rotate },
    { action: 'versions', label: 'Version history' },
  ];
  const { left, right, top, bottom } = button.getBoundingClientRect();
  return (
    <Menu
      open
      label={`Actions for ${name}`}
      size="md"
      x={[left, right]}
      y={[top, bottom]}
      onClose={onClose}
      className="kt-row-menu"
    >
      {items.map((item) => (
        <ActionItem key={item.action} {...item} onChoose={onChoose} />
      ))}
      <MenuItemDivider />
      <ActionItem action="delete" label="Delete" hindrance={availability.delete} onChoose={onChoose} />
    </Menu>
  );
}

function ActionItem({ action, label, hindrance, onChoose }: Item & { onChoose: (action: SecretAction) => void }) {
  const reason = useId();
  return (
    <Fragment>
      <MenuItem
        label={label}
        kind={action === 'delete' ? 'danger' : 'default'}
        onClick={() => onChoose(action)}
        {...(hindrance && { ...outOfOrder, 'aria-describedby': reason })}
      />
      {hindrance && (
        <li id={reason} role="none" className="kt-row-menu__reason">
          {hindrance}
        </li>
      )}
    </Fragment>
  );
}

/*
 * Carbon's arrow keys pass over a disabled item, so that its reason would never be read out. This one
 * is reached, says that it is disabled and why, and does nothing.
 */
const outOfOrder = {
  className: 'cds--menu-item--disabled',
  // Carbon keeps this attribute to itself
  ref: (item: HTMLLIElement | null) => item?.setAttribute('aria-disabled', 'true'),
  onClickCapture: (event: SyntheticEvent) => event.stopPropagation(),
  onKeyUpCapture: (event: SyntheticEvent) => event.stopPropagation(),
};
