import { useId } from 'react';
import { partTitles, type PartName } from './part';
import { PartRow } from './part-row';

type CurrentPartProps = { name: PartName; title: string; onRemove: () => void; error?: string | undefined };

/** A part of the current version that is sent once more. */
export function CurrentPart({ name, title, onRemove, error }: CurrentPartProps) {
  const label = useId();
  return (
    <div className="kt-field" role="group" aria-labelledby={label}>
      <p id={label} className="cds--label">
        {title}
      </p>
      <PartRow name={name} words={`${partTitles[name]} of the current version`} onRemove={onRemove} error={error} />
    </div>
  );
}
