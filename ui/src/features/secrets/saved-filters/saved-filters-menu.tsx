import { MenuButton, MenuItem, MenuItemDivider } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { ListSecrets } from '../../../ipc/bindings';
import { ActionItem } from '../../../components/action-item';
import { savedFiltersQuery } from './saved-filters';

/** What is done with filters that have a name. */
export type FilterTask = { action: 'save-filter' | 'manage-filters' };

type SavedFiltersMenuProps = {
  /** Whether there is anything to save. */
  narrowed: boolean;
  onApply: (query: ListSecrets) => void;
  onOpen: (task: FilterTask) => void;
};

/** The menu **Saved filters**: chooses one, saves what the list shows now, and leads to their list. */
export function SavedFiltersMenu({ narrowed, onApply, onOpen }: SavedFiltersMenuProps) {
  const { data: filters = [], error } = useQuery(savedFiltersQuery);
  const unread = error && 'The saved filters cannot be read.';
  return (
    <MenuButton
      label="Saved filters"
      kind="ghost"
      size="md"
      menuAlignment="bottom-start"
      // Carbon keeps the focus from the button when it is clicked, and then has nothing to give it back to
      onClickCapture={({ target }) => target instanceof Element && target.closest('button')?.focus()}
    >
      {filters.map(({ name, query }) => (
        <MenuItem key={name} className="kt-saved-filter" label={name} onClick={() => onApply(query)} />
      ))}
      {filters.length > 0 && <MenuItemDivider />}
      <ActionItem
        label="Save current filter…"
        hindrance={unread ?? (narrowed ? null : 'Nothing is filtered. Search or filter the list first.')}
        onChoose={() => onOpen({ action: 'save-filter' })}
      />
      <ActionItem
        label="Manage saved filters…"
        hindrance={unread ?? (filters.length > 0 ? null : 'No filter is saved yet.')}
        onChoose={() => onOpen({ action: 'manage-filters' })}
      />
    </MenuButton>
  );
}
