import { commands } from '../../../ipc/bindings';
import type { IamConfiguration, ViewOf } from '../../../ipc/configurations';
import { DraftDialog } from '../public/draft-dialog';
import { emptyIam, iamDraft, iamFields, iamLabels, iamPatch, missing, missingOfNew, newIam } from './iam-draft';
import { IamFields } from './iam-fields';

type AddIamDialogProps = {
  onClose: () => void;
  /** Told the name. */
  onAdded: (name: string) => void;
};

/** **Add** of the configuration of IAM credentials. */
export function AddIamDialog({ onClose, onAdded }: AddIamDialogProps) {
  return (
    <DraftDialog
      heading="Add IAM configuration"
      task={{ label: 'Add', progress: 'Adding…' }}
      start={emptyIam}
      labels={iamLabels}
      missing={missingOfNew}
      fields={() => iamFields}
      save={(draft) => commands.createConfiguration(newIam(draft))}
      onClose={onClose}
      onSaved={({ name }) => onAdded(name)}
    >
      {(form) => <IamFields {...form} named={false} />}
    </DraftDialog>
  );
}

type EditIamDialogProps = {
  /** As it was read last. */
  view: ViewOf<IamConfiguration>;
  onClose: () => void;
  onSaved: () => void;
};

/** **Edit**. Only what changed is sent. */
export function EditIamDialog({ view, onClose, onSaved }: EditIamDialogProps) {
  const { configuration, revision } = view;
  const { config_type, name } = configuration;
  const start = iamDraft(configuration);
  return (
    <DraftDialog
      heading={`Edit ${name}`}
      task={{ label: 'Save', progress: 'Saving…' }}
      start={start}
      labels={iamLabels}
      missing={missing}
      fields={() => iamFields}
      save={(draft) => commands.editConfiguration(config_type, name, iamPatch(start, draft), revision)}
      onClose={onClose}
      onSaved={onSaved}
    >
      {(form) => <IamFields {...form} named />}
    </DraftDialog>
  );
}
