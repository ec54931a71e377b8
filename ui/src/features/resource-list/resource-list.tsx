import { Button, InlineLoading, Stack } from '@carbon/react';
import { Add, Chemistry } from '@carbon/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { focusBack } from '../../components/focus-back';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpened } from '../../components/use-opened';
import { useSampleVault } from '../../components/use-sample-vault';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { InstanceTable } from './instance-table';
import { RemoveDialog } from './remove-dialog';
import { RenameDialog } from './rename-dialog';

type ResourceListProps = { instances: readonly InstanceRow[]; onCreate: () => void; onOpened: () => void };
type Dialog = { kind: 'rename' | 'remove'; instance: InstanceRow };

/** Every instance there is. */
export function ResourceList({ instances, onCreate, onOpened }: ResourceListProps) {
  const client = useQueryClient();
  const { opened: dialog, open: openDialog, close } = useOpened<Dialog>();
  const sample = useSampleVault(onOpened);
  const open = useAction(async ({ id }: InstanceRow) => {
    await commands.openInstance(id);
    await switchInstance(client);
    onOpened();
  });

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
            <Button renderIcon={Add} onClick={onCreate}>
              Create vault
            </Button>
          </div>
        </div>
        <ProblemNotice error={open.error ?? sample.error} onClose={open.error ? open.clear : sample.clear} />
        <InstanceTable
          instances={instances}
          onOpen={(instance) => void open.run(instance)}
          onRename={(instance) => openDialog({ kind: 'rename', instance })}
          onRemove={(instance) => openDialog({ kind: 'remove', instance })}
        />
      </Stack>
      {dialog?.kind === 'rename' && <RenameDialog instance={dialog.instance} onClose={closeDialog} />}
      {dialog?.kind === 'remove' && <RemoveDialog instance={dialog.instance} onClose={closeDialog} />}
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
