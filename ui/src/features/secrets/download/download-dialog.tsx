import { preview__IconIndicator as IconIndicator, Stack } from '@carbon/react';
import { unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { FormatChoice } from './format-choice';
import { StorePasswordFields } from './store-password-fields';
import { useDownload, type Downloaded } from './use-download';

type DownloadDialogProps = {
  name: string;
  /** Its number, for a version that was chosen from the history. */
  number?: number;
  of: Downloaded;
  onClose: () => void;
  /** A file was saved; absent: then it closes. */
  onSaved?: () => void;
};

/** **Download** of a certificate: in which form, and whether its private key leaves the vault. */
export function DownloadDialog({ name, number, of, onClose, onSaved = onClose }: DownloadDialogProps) {
  const { format, key, locked, typed, save, choose, type } = useDownload(of, onSaved);
  return (
    <TaskDialog
      heading={number === undefined ? `Download ${name}` : `Download version ${number} of ${name}`}
      task={{ label: 'Download', run: () => void save.run(), slow: save.slow, progress: 'Saving…' }}
      onClose={onClose}
      size="md"
      className="kt-dialog"
    >
      <EnterForm onSubmit={() => void save.run()} error={save.error}>
        <Stack gap={6}>
          <FormatChoice chosen={format} keyHindrance={of.keyHindrance} onChoose={choose} />
          <div role="status">
            {key ? (
              <IconIndicator kind="caution-minor" label="The private key leaves the vault." />
            ) : (
              <IconIndicator kind="informative" label="No private key is in it." />
            )}
          </div>
          {locked && <StorePasswordFields typed={typed} onChange={type} error={save.error} />}
          <ProblemNotice error={unplaced(save.error, locked ? ['password', 'repeated'] : [])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
