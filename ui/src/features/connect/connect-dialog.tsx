import { Button, InlineLoading, Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { giveBack } from '../../components/file-drops';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { TextField } from '../../components/text-field';
import { textFault } from '../../components/text-fault';
import { useAction } from '../../components/use-action';
import { commands, type ConnectionReport } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { fieldError, unplaced } from '../../ipc/problem';
import { blank, formOf, isTestable, placed, type ConnectionDraft } from './connection-draft';
import { ConnectionFindings } from './connection-findings';
import { KeyFields } from './key-fields';
import { MoreFields } from './more-fields';
import { PlaceFields } from './place-fields';

type ConnectDialogProps = { onClose: () => void; onOpened: () => void };

/** **Connect** to an instance that is on another computer. */
export function ConnectDialog({ onClose, onOpened }: ConnectDialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(blank);
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const test = useAction(async () => setReport(await commands.testConnection(formOf(draft))));
  const connect = useAction(async () => {
    await commands.connectInstance(formOf(draft));
    await switchInstance(client);
    onClose();
    onOpened();
  });
  const leave = useEffectEvent(() => {
    if (test.busy || connect.busy) void commands.cancelConnection();
    if (draft.rootCertificates) giveBack(draft.rootCertificates.token);
  });
  useEffect(() => () => leave(), []);

  function change(changed: Partial<ConnectionDraft>) {
    setDraft((before) => ({ ...before, ...changed }));
    setReport(null);
    test.clear();
    connect.clear();
  }
  function run(action: { run: () => Promise<unknown> }) {
    setReport(null);
    test.clear();
    connect.clear();
    void action.run();
  }

  const error = connect.error ?? test.error;
  const nameFault = textFault('name', draft.name)?.message ?? fieldError(error, 'name');
  const busy = test.busy || connect.busy;
  const ready = isTestable(draft) && draft.name.trim() !== '' && textFault('name', draft.name) === null;
  const submit = () => ready && !busy && run(connect);
  const task = {
    label: 'Connect',
    run: submit,
    // Carbon's own progress would take the button that ends it out of order
    disabled: !ready || busy,
  };

  return (
    <TaskDialog heading="Connect to an instance" size="sm" task={task} onClose={onClose}>
      <EnterForm onSubmit={submit} error={error}>
        <Stack gap={6}>
          <TextField
            id="connection-name"
            labelText="Name"
            helperText="What it is called in this window."
            value={draft.name}
            maxLength={64}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
            invalid={nameFault !== undefined}
            invalidText={nameFault ?? ''}
            data-modal-primary-focus
          />
          <PlaceFields draft={draft} onChange={change} error={error} />
          <KeyFields given={draft} onChange={change} error={error} />
          <MoreFields draft={draft} onChange={change} error={error} />
          <div className="kt-connect__test">
            <Button kind="tertiary" size="md" disabled={!isTestable(draft) || busy} onClick={() => run(test)}>
              Test connection
            </Button>
            {connect.slow && <InlineLoading description="Connecting…" />}
            {test.slow && <InlineLoading description="Testing the connection…" />}
          </div>
          {report && <ConnectionFindings report={report} />}
          <ProblemNotice error={unplaced(error, placed)} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
