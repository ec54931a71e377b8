import { InlineNotification, Stack } from '@carbon/react';
import { useState } from 'react';
import { commands, type VersionView } from '../../../ipc/bindings';
import { fieldError, isConflict, unplaced } from '../../../ipc/problem';
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
  // what a save expects to find; it moves on only when the person has seen what is there now
  const [seen, setSeen] = useState(version);
  const check = useCheck(text, (typed) => checkMetadata(field, typed));
  const save = useAction(async () => {
    if (await check.now()) return;
    onSaved(await commands.editVersionMetadata(secret.id, version.metadata.id, text, seen.revision));
  });
  const review = useAction(async () => {
    const versions = await commands.listVersions(secret.id);
    setSeen(versions.find(({ metadata }) => metadata.id === version.metadata.id) ?? seen);
    save.clear();
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
          onChange={(typed) => {
            setText(typed);
            if (!isConflict(save.error)) save.clear();
          }}
          onLeave={() => void check.now()}
          error={sentence(check.problem) ?? fieldError(save.error, field)}
          helperText="A JSON object. Do not put confidential data here; it is kept for up to 50 versions."
        />
        {seen !== version && (
          <InlineNotification
            kind="info"
            lowContrast
            hideCloseButton
            className="kt-problem"
            title="This is what somebody else saved."
            subtitle={`${metadataText(seen.metadata.version_custom_metadata) || 'Nothing.'} What you entered was kept.`}
          />
        )}
        {isConflict(save.error) ? (
          <ProblemNotice error={save.error} action={{ label: 'Reload and review', run: () => void review.run() }} />
        ) : (
          <ProblemNotice error={unplaced(save.error, [field])} />
        )}
        <ProblemNotice error={review.error} />
      </Stack>
    </TaskDialog>
  );
}
