import { InlineLoading, Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useAction } from '../../components/use-action';
import { commands } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { unplaced } from '../../ipc/problem';
import { KeyFields } from './key-fields';

type ReplaceKeyDialogProps = {
  instance: { id: string; name: string; ask_for_key: boolean };
  onClose: () => void;
  onOpened: () => void;
};

/** Another API key for an instance that is known: after the one before was revoked, or when it is asked for. */
export function ReplaceKeyDialog({ instance, onClose, onOpened }: ReplaceKeyDialogProps) {
  const client = useQueryClient();
  const [given, setGiven] = useState({ apiKey: '', askForKey: instance.ask_for_key });
  const replace = useAction(async () => {
    await commands.reconnectInstance(instance.id, { api_key: given.apiKey.trim(), ask_for_key: given.askForKey });
    await switchInstance(client);
    onClose();
    onOpened();
  });
  const leave = useEffectEvent(() => {
    if (replace.busy) void commands.cancelConnection();
  });
  useEffect(() => () => leave(), []);
  const ready = given.apiKey !== '' && !replace.busy;
  const submit = () => ready && void replace.run();
  // Carbon's own progress would take the button that ends it out of order
  const task = { label: 'Connect', run: submit, disabled: !ready };

  return (
    <TaskDialog heading={`API key for ${instance.name}`} size="sm" task={task} onClose={onClose}>
      <EnterForm onSubmit={submit} error={replace.error}>
        <Stack gap={5}>
          <p>The instance is asked with this key first. The key before it is forgotten only once it answered.</p>
          <KeyFields
            given={given}
            onChange={(changed) => {
              setGiven((before) => ({ ...before, ...changed }));
              replace.clear();
            }}
            error={replace.error}
            first
          />
          {replace.slow && <InlineLoading description="Connecting…" />}
          <ProblemNotice error={unplaced(replace.error, ['api_key', 'ask_for_key'])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
