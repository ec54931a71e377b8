import { Button } from '@carbon/react';
import { useLostFocus } from '../../../components/use-lost-focus';

/** A saved filter in the list of them. */
export function FilterRow({ name, onDelete }: { name: string; onDelete: () => void }) {
  const button = useLostFocus<HTMLButtonElement>();
  return (
    <li className="kt-filter-list__row">
      <span className="kt-filter-list__name">{name}</span>
      <Button ref={button} kind="danger--ghost" size="sm" aria-label={`Delete filter “${name}”`} onClick={onDelete}>
        Delete
      </Button>
    </li>
  );
}

/** Where a filter stood until it was deleted. */
export function DeletedFilterRow({ name, onUndo }: { name: string; onUndo: () => void }) {
  const button = useLostFocus<HTMLButtonElement>();
  return (
    <li className="kt-filter-list__row">
      <span className="kt-filter-list__name" role="status">
        Filter “{name}” deleted.
      </span>
      <Button ref={button} kind="ghost" size="sm" aria-label={`Undo: bring back filter “${name}”`} onClick={onUndo}>
        Undo
      </Button>
    </li>
  );
}
