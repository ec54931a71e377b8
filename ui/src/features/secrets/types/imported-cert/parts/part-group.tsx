import { useId, type ReactNode } from 'react';

/** A part that was taken, with its title. */
export function PartGroup({ title, children }: { title: string; children: ReactNode }) {
  const label = useId();
  return (
    <div className="kt-field" role="group" aria-labelledby={label}>
      <p id={label} className="cds--label">
        {title}
      </p>
      {children}
    </div>
  );
}
