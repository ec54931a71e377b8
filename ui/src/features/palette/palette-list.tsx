import { ChevronRight } from '@carbon/icons-react';
import { useEffect, useRef, type MouseEvent } from 'react';
import { InstanceMark } from '../../components/instance-mark';
import type { FoundSecret } from '../../ipc/bindings';
import { hindranceOf, labelOf, type PaletteItem } from './palette-items';

type PaletteListProps = {
  id: string;
  label: string;
  items: readonly PaletteItem[];
  /** Whether more may come. */
  searching: boolean;
  /** Index of the item that Enter chooses. */
  chosen: number;
  onChoose: (item: PaletteItem) => void;
  /** Shows what can be done with a secret; absent while that is shown. */
  onMore: ((found: FoundSecret) => void) | undefined;
};

/** The list below the field, which keeps the focus. */
export function PaletteList({ id, label, items, searching, chosen, onChoose, onMore }: PaletteListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen, items.length]);

  function click(event: MouseEvent, item: PaletteItem): void {
    const more = event.target instanceof Element && event.target.closest('.kt-palette__more');
    if (more && onMore && 'found' in item) onMore(item.found);
    else onChoose(item);
  }

  if (items.length === 0 && searching) return null;
  if (items.length === 0) return <p className="kt-palette__none">Nothing found.</p>;
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className="kt-palette__list">
      {items.map((item, index) => (
        // the field has the focus and hears the keys
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={item.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          aria-disabled={hindranceOf(item) !== null}
          className="kt-palette__item"
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => click(event, item)}
        >
          <Line item={item} more={onMore !== undefined} />
        </div>
      ))}
    </div>
  );
}

function Line({ item, more }: { item: PaletteItem; more: boolean }) {
  if ('action' in item) {
    return (
      <>
        <span className="kt-palette__label">{labelOf(item)}</span>
        <span className="kt-palette__kind">{item.action.kind}</span>
      </>
    );
  }
  const { instance_name: name, color } = item.found;
  return (
    <>
      <InstanceMark name={name} color={color} />
      <span className="kt-palette__label">{labelOf(item)}</span>
      <span className="kt-palette__kind">{hindranceOf(item) ?? name}</span>
      {more && (
        <span className="kt-palette__more" title="Actions (right arrow)">
          <ChevronRight aria-hidden="true" />
        </span>
      )}
    </>
  );
}
