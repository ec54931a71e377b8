import type { ReactNode } from 'react';

/** A part that scrolls by itself, with the keyboard too. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keys
    <div className="kt-compare__scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
