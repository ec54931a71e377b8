import { Button, InlineLoading, Stack } from '@carbon/react';
import { Add, Chemistry, Connect } from '@carbon/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { focusBack } from '../../components/focus-back';
import { isRemote } from '../../components/instance-kind';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpened } from '../../components/use-opened';
import { useSampleVault } from '../../components/use-sample-vault';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { toProblem } from '../../ipc/problem';
import { InstanceTable } from './instance-table';
import type { InstanceAction } from './row-actions';
import { RowDialog, type Asked } from './row-dialog';

type ResourceListProps = {
  instances: readonly InstanceRow[];
  onCreate: () => void;
  onConnect: () => void;
  /** The API key of a remote instance is to be given, anew or once more. */
  onGiveKey: (instance: InstanceRow) => void;
  onOpened: () => void;
};

/** Every instance there is. */
export function ResourceList({ instances, onCreate, onConnect, onGiveKey, onOpened }: ResourceListProps) {
  const client = useQueryClient();
  const { opened: dialog, open: openDialog, close } = useOpened<Asked>();
  const sample = useSampleVault(onOpened);
  const open = useAction(async (instance: InstanceRow) => {
    try {
      await commands.openInstance(instance.id);
    } catch (refusal) {
      if (!isRemote(instance.kind) || toProblem(refusal).code !== 'keyring_no_entry') throw refusal;
      onGiveKey(instance);
      return;
    }
    await switchInstance(client);
    onOpened();
  });

  function act(action: InstanceAction, instance: InstanceRow) {
    if (action === 'open') void open.run(instance);
    else if (action === 'replace-key') onGiveKey(instance);
    else openDialog({ action, instance });
  }

  function closeDialog() {
    if (dialog && close(dialog)) returnFocus(dialog.instance);
  }

  return (
    <div className="kt-page">
      <Stack gap={6}>
        <div className="kt-resources__head">
          <h1 className="kt-page__title">Resource List</h1>
          <div className="kt-resources__actions">
            {(open.slow || sample.slow) && (
              <InlineLoading description={open.slow ? 'Opening…' : 'Making the sample data…'} />
            )}
            {!instances.some(({ kind }) => kind === 'sample') && (
              <Button kind="tertiary" renderIcon={Chemistry} onClick={sample.run}>
                Look around with sample data
              </Button>
            )}
            <Button kind="secondary" renderIcon={Add} onClick={onCreate}>
              Create vault
            </Button>
            <Button renderIcon={Connect} onClick={onConnect}>
              Connect
            </Button>
          </div>
        </div>
        <ProblemNotice error={open.error ?? sample.error} onClose={open.error ? open.clear : sample.clear} />
        <InstanceTable instances={instances} onAction={act} />
      </Stack>
      {dialog && <RowDialog asked={dialog} onClose={closeDialog} />}
    </div>
  );
}

// the row's menu is gone by now, and after a removal so is the row
function returnFocus({ id }: InstanceRow): void {
  focusBack(() => {
    const actions = document.querySelector<HTMLElement>(`[data-actions-of="${id}"]`);
    return actions ?? document.querySelector('main');
  });
}
