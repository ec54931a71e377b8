import { Stack } from '@carbon/react';
import { useState } from 'react';
import { commands, type VersionView } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { metadataText, type SecretRef } from '../facts';
import { checkMetadata, sentence } from '../fields/checks';
import { MetadataField } from '../fields/metadata-field';
import { useCheck } from '../fields/use-check';

type VersionMetadataDialogProps = {
  secret: SecretRef;
  version: VersionView;
  onClose: () => void;
  onSaved: (version: VersionView) => void;
};

const field = 'version_custom_metadata';

/** **Edit metadata** of one version. Its value stays as it is. */
export function VersionMetadataDialog({ secret, version, onClose, onSaved }: VersionMetadataDialogProps) {
  const [text, setText] = useState(() => metadataText(version.metadata.version_custom_metadata));
  const check = useCheck(text, (typed) => checkMetadata(field, typed));
  const save = useAction(async () => {
    if (await check.now()) return;
    onSaved(await commands.editVersionMetadata(secret.id, version.metadata.id, text));
  });
  return (
    <TaskDialog
      heading={`Edit metadata of version ${version.number}`}
      task={{ label: 'Save', run: () => void save.run(), slow: save.slow, progress: 'Saving…' }}
      onClose={onClose}
      className="kt-dialog"
    >
      <Stack gap={5}>
        <MetadataField
          id="kt-edit-version-metadata"
          label="Version metadata"
          text={text}
          onChange={setText}
          onLeave={() => void check.now()}
          error={sentence(check.problem) ?? fieldError(save.error, field)}
          helperText="A JSON object. Do not put confidential data here; it is kept for up to 50 versions."
        />
        <ProblemNotice error={unplaced(save.error, [field])} />
      </Stack>
    </TaskDialog>
  );
}
