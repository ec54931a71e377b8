import { Search } from '@carbon/react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state';
import type { SecretGroup, SecretGroupView } from '../../ipc/bindings';
import { defaultGroup } from '../../ipc/groups';
import { GroupTable } from './group-table';
import type { Opened } from './opened-dialog';

type GroupListProps = {
  groups: readonly SecretGroupView[];
  onSecrets: (group: SecretGroup) => void;
  onOpen: (opened: Opened) => void;
};

/** As many groups are found by looking; for more of them there is a filter. */
const inSight = 20;

/** The table of groups, and what stands around it when there are many, or only the first. */
export function GroupList({ groups, onSecrets, onOpen }: GroupListProps) {
  const [text, setText] = useState('');
  const many = groups.length > inSight;
  const shown = many ? groups.filter((group) => matches(group, text)) : groups;
  return (
    <>
      {many && (
        <Search
          size="lg"
          labelText="Filter groups"
          placeholder="Filter by name or description"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {shown.length > 0 && <GroupTable groups={shown} onSecrets={onSecrets} onOpen={onOpen} />}
      {shown.length === 0 && <EmptyState title="No group matches">The filter looks at name and description.</EmptyState>}
      {groups.every(({ group }) => group.id === defaultGroup) && (
        <EmptyState title="Only the group default so far">
          Create a group for each team, service or environment, and choose it when you add a secret. Secrets without a
          choice of their own are in default.
        </EmptyState>
      )}
    </>
  );
}

function matches({ group }: SecretGroupView, text: string): boolean {
  const sought = text.trim().toLowerCase();
  return [group.name, group.description].some((part) => part.toLowerCase().includes(sought));
}
