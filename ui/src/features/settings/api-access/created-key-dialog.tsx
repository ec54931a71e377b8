import { Callout, Stack } from '@carbon/react';
import { useState } from 'react';
import { showCopied } from '../../../components/clipboard';
import { ClipboardNotice } from '../../../components/clipboard-notice';
import { useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type CreatedApiKey, type Problem } from '../../../ipc/bindings';

const notCopied: Problem = {
  code: 'conflict',
  message: 'The key was not copied.',
  remedy: 'Copy it, or close once more if you wrote it down.',
};

/** The key, shown once. Rust puts it on the clipboard, as it does with values. */
export function CreatedKeyDialog({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const { key, text } = created;
  const [copied, setCopied] = useState(false);
  const { leaving, close } = useLeaveGuard(created, () => !copied, onClose);
  const copy = useAction(async () => {
    const { seconds } = await commands.copyApiKey();
    showCopied(`the API key ${key.name}`, seconds);
    setCopied(true);
  });
  return (
    <TaskDialog
      heading={`API key ${key.name}`}
      size="sm"
      task={{ label: 'Copy', run: () => void copy.run(), slow: copy.slow, progress: 'Copying…' }}
      closeLabel="Done"
      onClose={close}
    >
      <Stack gap={5}>
        <Callout
          kind="warning"
          lowContrast
          title="It is not shown again."
          subtitle="Keep it where the program finds it and others do not, such as in a variable of its environment. If it is lost, revoke it and create another one."
        />
        {/* it takes the keyboard, so that it can be selected and scrolled to */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0} role="region" aria-label="API key" className="kt-api__text">
          {text}
        </pre>
        <ClipboardNotice />
        <ProblemNotice error={copy.error ?? (leaving && !copied ? notCopied : null)} />
      </Stack>
    </TaskDialog>
  );
}
