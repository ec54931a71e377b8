import { DataTableSkeleton, Stack } from '@carbon/react';
import { Add } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { focusBack } from '../../components/focus-back';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpened } from '../../components/use-opened';
import { WriteButton } from '../../components/write-button';
import { groupsQuery } from '../../ipc/groups';
import { narrowListToGroup } from '../../ipc/list-state';
import { GroupList } from './group-list';
import { columns } from './group-table';
import { OpenedDialog, type Opened } from './opened-dialog';

type SecretGroupsPageProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
  /** The list of secrets shows one group by then. */
  onShowSecrets: () => void;
};

/** The page **Secret groups**. */
export function SecretGroupsPage({ recoveryConfirmed, onFinishRecovery, onShowSecrets }: SecretGroupsPageProps) {
  const { data: groups, error, refetch } = useQuery(groupsQuery);
  const { opened, open, close } = useOpened<Opened>();
  const createButton = useRef<HTMLButtonElement>(null);
  const show = useAction(async (id: string) => {
    await narrowListToGroup(id);
    onShowSecrets();
  });

  function onClose(): void {
    if (close(opened)) returnFocus(opened, createButton.current);
  }

  return (
    <div className="kt-page">
      <Stack gap={6}>
        <div className="kt-groups__head">
          <div>
            <h1 className="kt-page__title">Secret groups</h1>
            <p className="kt-groups__lead">
              Groups keep apart what does not belong together. A secret joins one when it is added, and stays in it.
            </p>
          </div>
          <WriteButton
            ref={createButton}
            renderIcon={Add}
            onClick={() => (recoveryConfirmed ? open({ action: 'create' }) : onFinishRecovery())}
          >
            Create
          </WriteButton>
        </div>
        <ProblemNotice error={show.error} onClose={show.clear} />
        <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
        {groups && <GroupList groups={groups} onSecrets={({ id }) => void show.run(id)} onOpen={open} />}
        {!groups && !error && (
          <DataTableSkeleton
            aria-label="Loading secret groups"
            showHeader={false}
            showToolbar={false}
            columnCount={columns.length}
            rowCount={3}
          />
        )}
      </Stack>
      {opened && <OpenedDialog opened={opened} onClose={onClose} />}
    </div>
  );
}

/** To the row's button, or, when the row is gone or there was none, to **Create**. */
function returnFocus(opened: Opened | null, createButton: HTMLElement | null): void {
  focusBack(() => {
    const id = opened && 'group' in opened ? opened.group.id : '';
    return document.querySelector<HTMLElement>(`[data-actions-of="${id}"]`) ?? createButton;
  });
}
