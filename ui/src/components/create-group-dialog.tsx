import { useQueryClient } from '@tanstack/react-query';
import { commands, type SecretGroup } from '../ipc/bindings';
import { refreshGroups } from '../ipc/groups';
import { GroupForm, type GroupDraft } from './group-form';

type CreateGroupDialogProps = {
  onClose: () => void;
  /** The list of groups has it by then. */
  onCreated: (group: SecretGroup) => void;
};

const blank: GroupDraft = { name: '', description: '' };

/** **Create** a secret group: on its own page, and while a secret is added. */
export function CreateGroupDialog({ onClose, onCreated }: CreateGroupDialogProps) {
  const client = useQueryClient();
  async function create({ name, description }: GroupDraft): Promise<void> {
    const { group } = await commands.createGroup({ name, description: description || null });
    await refreshGroups(client);
    onCreated(group);
  }
  return (
    <GroupForm
      heading="Create a secret group"
      label="Create"
      progress="Creating…"
      start={blank}
      save={create}
      onClose={onClose}
    />
  );
}
