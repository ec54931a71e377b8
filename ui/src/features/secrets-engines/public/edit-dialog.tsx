import { commands } from '../../../ipc/bindings';
import type { DnsProviderConfiguration, PublicAuthorityConfiguration, ViewOf } from '../../../ipc/configurations';
import { authorityDraft, authorityFields, authorityLabels, authorityPatch } from './authority/authority-draft';
import { EditAuthorityFields } from './authority/edit-authority-fields';
import { DraftDialog } from './draft-dialog';
import { missing, providerDraft, providerFields, providerLabels, providerPatch } from './provider/provider-draft';
import { ProviderFields } from './provider/provider-fields';

type EditDialogProps<View> = {
  /** As it was read last. */
  view: View;
  onClose: () => void;
  onSaved: () => void;
};

const task = { label: 'Save', progress: 'Saving…' };

/** **Edit** of an authority. Only what changed is sent. */
export function EditAuthorityDialog({ view, onClose, onSaved }: EditDialogProps<ViewOf<PublicAuthorityConfiguration>>) {
  const { configuration, revision } = view;
  const { config_type, name } = configuration;
  const start = authorityDraft(configuration);
  return (
    <DraftDialog
      heading={`Edit ${name}`}
      task={task}
      start={start}
      labels={authorityLabels}
      missing={() => null}
      fields={authorityFields}
      save={(draft) => commands.editConfiguration(config_type, name, authorityPatch(start, draft), revision)}
      onClose={onClose}
      onSaved={onSaved}
    >
      {(form) => <EditAuthorityFields {...form} view={view} />}
    </DraftDialog>
  );
}

/** **Edit** of a DNS provider. Only what changed is sent. */
export function EditProviderDialog({ view, onClose, onSaved }: EditDialogProps<ViewOf<DnsProviderConfiguration>>) {
  const { configuration, revision } = view;
  const { config_type, name } = configuration;
  const start = providerDraft(configuration);
  return (
    <DraftDialog
      heading={`Edit ${name}`}
      task={task}
      start={start}
      labels={providerLabels}
      missing={missing}
      fields={() => providerFields}
      save={(draft) => commands.editConfiguration(config_type, name, providerPatch(start, draft), revision)}
      onClose={onClose}
      onSaved={onSaved}
    >
      {(form) => <ProviderFields {...form} named />}
    </DraftDialog>
  );
}
