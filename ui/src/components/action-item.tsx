import { MenuItem } from '@carbon/react';
import { useId, type SyntheticEvent } from 'react';

type ActionItemProps = {
  label: string;
  onChoose: () => void;
  /** Why it cannot be done now; it is then shown below the name. */
  hindrance?: string | null | undefined;
  danger?: boolean;
};

/** An entry of a row's menu **Actions**. */
export function ActionItem({ label, onChoose, hindrance, danger = false }: ActionItemProps) {
  const reason = useId();
  return (
    <>
      <MenuItem
        label={label}
        kind={danger ? 'danger' : 'default'}
        onClick={onChoose}
        {...(hindrance && { ...outOfOrder, 'aria-describedby': reason })}
      />
      {hindrance && (
        <li id={reason} role="none" className="kt-action__reason">
          {hindrance}
        </li>
      )}
    </>
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
