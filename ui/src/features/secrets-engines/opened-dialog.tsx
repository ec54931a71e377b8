import { commands } from '../../ipc/bindings';
import { isAuthority } from '../../ipc/configurations';
import { AuthorityDialog } from './actions/authority-dialog';
import type { Opening } from './actions/configuration-action';
import { DeleteDialog } from './actions/delete-dialog';
import { DetailsPanel } from './details/details-panel';
import { defaultRules } from './template/default-rules';
import { TemplateDialog } from './template/template-dialog';
import { newTemplate, rulesOf, templateDraft } from './template/template-draft';
import type { Branch } from './tree/tree';

type OpenedDialogProps = {
  opening: Opening;
  branch: Branch;
  onClose: () => void;
  onDone: (title: string, subtitle?: string) => void;
};

/** The dialog or panel for an action on an authority or template. */
export function OpenedDialog({ opening, branch, onClose, onDone }: OpenedDialogProps) {
  const { configuration, revision } = branch.view;
  const { name, config_type } = configuration;
  if (opening === 'details') return <DetailsPanel branch={branch} onClose={onClose} />;
  if (opening === 'delete') return <DeleteDialog view={branch.view} onClose={onClose} onDone={onDone} />;
  if (opening === 'add-template') {
    return (
      <TemplateDialog
        heading={`Add a template for ${name}`}
        label="Add"
        progress="Adding…"
        named={false}
        start={templateDraft('', defaultRules)}
        save={(draft) => commands.createConfiguration(newTemplate(draft, name))}
        onClose={onClose}
        onSaved={(added) => onDone(`Added ${added}`)}
      />
    );
  }
  if (isAuthority(configuration)) {
    return (
      <AuthorityDialog
        opening={opening}
        authority={configuration}
        revision={revision}
        parent={branch.parent}
        onClose={onClose}
        onDone={onDone}
      />
    );
  }
  return (
    <TemplateDialog
      heading={`Edit ${name}`}
      label="Save"
      progress="Saving…"
      named
      start={templateDraft(name, configuration)}
      save={(draft) =>
        commands.editConfiguration(
          config_type,
          name,
          { config_type: 'private_cert_configuration_template', ...rulesOf(draft) },
          revision,
        )
      }
      onClose={onClose}
      onSaved={() => onDone(`Saved ${name}`)}
    />
  );
}
