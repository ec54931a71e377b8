import { Button, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListSecrets } from '../../../ipc/bindings';
import { fieldError, fieldProblem, unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { textFault } from '../../../components/text-fault';
import { useToasts } from '../../../components/toasts';
import { savedFiltersQuery, useKeepFilters, withFilter } from './saved-filters';
import { TextField } from '../../../components/text-field';

type SaveFilterDialogProps = { query: ListSecrets; onClose: () => void };

/** **Save current filter**: gives what the list shows now a name. */
export function SaveFilterDialog({ query, onClose }: SaveFilterDialogProps) {
  const showToast = useToasts();
  const { data: filters = [] } = useQuery(savedFiltersQuery);
  const [draft, setDraft] = useState({ name: '' });
  // the name that was found to be in use; the person may want just that one
  const [taken, setTaken] = useState<string | null>(null);
  const keep = useKeepFilters();
  const guard = useLeaveGuard(draft, () => draft.name.trim() !== '', onClose);

  const name = draft.name.trim();
  const broken = textFault('name', draft.name);
  const ready = name !== '' && broken === null;
  const refusal = taken === null ? keep.error : nameTaken(taken);
  const fault = broken?.message ?? fieldError(refusal, 'name');

  async function save(replace: boolean): Promise<void> {
    if (!ready) return;
    const blocked = !replace && filters.some((filter) => filter.name === name);
    setTaken(blocked ? name : null);
    if (blocked) return;
    // the first page, wherever one is now
    const kept = await keep.run((before) => withFilter(before, { name, query: { ...query, offset: 0 } }));
    if (!kept) return;
    showToast({ title: `Saved filter “${name}”` });
    onClose();
  }

  return (
    <TaskDialog
      heading="Save current filter"
      size="xs"
      task={{ label: 'Save', run: () => void save(false), disabled: !ready, slow: keep.slow, progress: 'Saving…' }}
      onClose={guard.close}
    >
      <EnterForm onSubmit={() => void save(false)} error={refusal}>
        <Stack gap={5}>
          <p>Search, filters and order are kept as they are now.</p>
          <TextField
            id="kt-filter-name"
            data-modal-primary-focus=""
            labelText="Name"
            value={draft.name}
            maxLength={64}
            autoComplete="off"
            invalid={fault !== undefined}
            invalidText={fault ?? ''}
            onChange={(event) => {
              setDraft({ name: event.target.value });
              setTaken(null);
              keep.clear();
            }}
          />
          {taken !== null && (
            <Button kind="tertiary" size="sm" onClick={() => void save(true)}>
              Replace
            </Button>
          )}
          <ProblemNotice error={unplaced(refusal, ['name'])} />
          <UnsavedNotice leaving={guard.leaving} onDrop={onClose} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}

function nameTaken(name: string) {
  return fieldProblem('name', `A filter “${name}” is saved already. Replace it, or choose another name.`);
}
