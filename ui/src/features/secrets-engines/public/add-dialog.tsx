import { commands } from '../../../ipc/bindings';
import {
  authorityFields,
  authorityLabels,
  emptyAuthority,
  missing,
  newAuthority,
  type AuthorityDraft,
} from './authority/authority-draft';
import { NewAuthorityFields } from './authority/new-authority-fields';
import { DraftDialog } from './draft-dialog';
import { emptyProvider, missingOfNew, newProvider, providerFields, providerLabels } from './provider/provider-draft';
import { ProviderFields } from './provider/provider-fields';

type AddDialogProps = {
  onClose: () => void;
  /** Told the name. */
  onAdded: (name: string) => void;
};

const task = { label: 'Add', progress: 'Adding…' };

/** **Add** of the certificate authorities. */
export function AddAuthorityDialog({ onClose, onAdded }: AddDialogProps) {
  return (
    <DraftDialog<AuthorityDraft>
      heading="Add certificate authority"
      task={task}
      start={emptyAuthority}
      labels={authorityLabels}
      missing={missing}
      fields={authorityFields}
      save={(draft) => commands.createConfiguration(newAuthority(draft))}
      onClose={onClose}
      onSaved={({ name }) => onAdded(name)}
    >
      {(form) => <NewAuthorityFields {...form} />}
    </DraftDialog>
  );
}

/** **Add** of the DNS providers. */
export function AddProviderDialog({ onClose, onAdded }: AddDialogProps) {
  return (
    <DraftDialog
      heading="Add DNS provider"
      task={task}
      start={emptyProvider}
      labels={providerLabels}
      missing={missingOfNew}
      fields={() => providerFields}
      save={(draft) => commands.createConfiguration(newProvider(draft))}
      onClose={onClose}
      onSaved={({ name }) => onAdded(name)}
    >
      {(form) => <ProviderFields {...form} named={false} />}
    </DraftDialog>
  );
}
