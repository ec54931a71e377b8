import type { CarbonIconType } from '@carbon/icons-react';
import type { ButtonHTMLAttributes } from 'react';

type RowButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { label: string; icon: CarbonIconType };

/**
 * Carbon's ghost button with an icon, as a plain element: with a tooltip of Carbon's for each button,
 * a page of rows would take several times as long to come.
 */
export function RowButton({ label, icon: Icon, ...rest }: RowButtonProps) {
  return (
    <button
      type="button"
      className="cds--btn cds--btn--icon-only cds--btn--md cds--layout--size-md cds--btn--ghost"
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
