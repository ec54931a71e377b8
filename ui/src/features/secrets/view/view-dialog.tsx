import { Button, InlineLoading, Stack } from '@carbon/react';
import { Copy, Download } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '../../../ipc/settings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import type { SecretRef } from '../facts';
import { ClipboardNotice } from '../../../components/clipboard-notice';
import { useCopy } from './use-copy';
import { useReveal } from './use-reveal';
import { useSave } from './use-save';
import { ValueBox } from './value-box';

type ViewDialogProps = {
  secret: SecretRef;
  /** The version in force, when none is named. */
  version?: { id: string; number: number } | undefined;
  /** Whether each reading makes an API key of its own. */
  madeAnew?: boolean;
  onClose: () => void;
};

/** **View secret**: asks whether the surroundings are safe, then shows the value for a time. */
export function ViewDialog({ secret, version, madeAnew = false, onClose }: ViewDialogProps) {
  const at = version?.id ?? 'current';
  const what = version ? `version ${version.number} of ${secret.name}` : `the value of ${secret.name}`;
  const { value, left, show, hide } = useReveal(secret.id, at);
  const copy = useCopy(secret.id);
  const save = useSave(secret.id);
  const { data: settings } = useQuery(settingsQuery);

  return (
    <TaskDialog
      heading={version ? `View version ${version.number}` : 'View secret'}
      task={{
        label: value ? 'Hide' : 'Show',
        run: () => {
          if (value) hide();
          else void show.run();
        },
        slow: show.slow,
        progress: 'Reading…',
      }}
      closeLabel="Close"
      onClose={onClose}
      className="kt-dialog"
    >
      {value ? (
        <Stack gap={5}>
          <p className="kt-dialog__lead">
            <strong>{secret.name}</strong> is hidden again in {left} s.
          </p>
          {value.username !== null && (
            <dl className="kt-facts">
              <div>
                <dt>User name</dt>
                <dd>{value.username}</dd>
              </div>
            </dl>
          )}
          <ValueBox value={value} onCopy={() => void copy.run(at, what)} />
        </Stack>
      ) : (
        <p className="kt-dialog__lead">
          <strong>Show</strong> makes {what} readable on this screen
          {settings ? ` for ${settings.reveal_seconds} seconds` : ' for a short time'}. Make sure that nobody else sees
          it. Copying and saving work without showing.
        </p>
      )}
      {madeAnew && (
        <p className="kt-dialog__lead">
          Show, Copy and Save as file make an API key of its own each time. It is removed when its lease ends.
        </p>
      )}
      <div className="kt-dialog__tools">
        <Button kind="tertiary" size="sm" renderIcon={Copy} onClick={() => void copy.run(at, what)}>
          Copy
        </Button>
        <Button kind="tertiary" size="sm" renderIcon={Download} onClick={() => void save.run(at)}>
          Save as file
        </Button>
        {(copy.slow || save.slow) && <InlineLoading description="Working…" />}
      </div>
      <ProblemNotice error={show.error ?? copy.error ?? save.error} />
      <ClipboardNotice />
    </TaskDialog>
  );
}
