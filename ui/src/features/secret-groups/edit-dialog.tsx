import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { GroupForm, type GroupDraft } from '../../components/group-form';
import { commands, type SecretGroup, type SecretGroupPatch } from '../../ipc/bindings';
import { refreshGroups } from '../../ipc/groups';

type EditDialogProps = { group: SecretGroup; onClose: () => void; onSaved: (group: SecretGroup) => void };

/** **Edit**: name and description; only what changed is sent. */
export function EditDialog({ group, onClose, onSaved }: EditDialogProps) {
  const client = useQueryClient();
  const [start] = useState<GroupDraft>({ name: group.name, description: group.description });

  async function save(draft: GroupDraft): Promise<void> {
    const patch: SecretGroupPatch = {};
    if (draft.name !== start.name) patch.name = draft.name;
    if (draft.description !== start.description) patch.description = draft.description;
    const saved = await commands.editGroup(group.id, patch);
    await refreshGroups(client);
    onSaved(saved.group);
  }

  return (
    <GroupForm
      heading={`Edit ${group.name}`}
      label="Save"
      progress="Saving…"
      start={start}
      save={save}
      onClose={onClose}
    />
  );
}
