import { DataTableSkeleton, Heading, Section, Stack } from '@carbon/react';
import { Add } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { EmptyState } from '../../components/empty-state';
import { ProblemNotice } from '../../components/problem-notice';
import { useToasts } from '../../components/toasts';
import { useOpened } from '../../components/use-opened';
import { WriteButton } from '../../components/write-button';
import { configurationsQuery, isPrivate, viewsOf } from '../../ipc/configurations';
import type { ConfigurationAction, Opening } from './actions/configuration-action';
import { useListAction } from './actions/use-list-action';
import { CreateAuthorityDialog } from './authority/create-authority-dialog';
import { OpenedDialog } from './opened-dialog';
import { returnFocus } from './return-focus';
import { columns, ConfigurationTable } from './tree/configuration-table';
import { findBranch, treeOf, type Branch } from './tree/tree';

type PrivateCertificatesProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

type Opened = { action: 'create' } | { action: Opening; branch: Branch };

/** The tab **Private certificates**: authorities of this instance, and templates. */
export function PrivateCertificates({ recoveryConfirmed, onFinishRecovery }: PrivateCertificatesProps) {
  const { data, error, refetch } = useQuery(configurationsQuery);
  const views = data && viewsOf(data, isPrivate);
  const { opened, open, close } = useOpened<Opened>();
  const showToast = useToasts();
  const createButton = useRef<HTMLButtonElement>(null);
  const now = useListAction();

  function act(action: ConfigurationAction, branch: Branch): void {
    if (action === 'rotate-list' || typeof action === 'object') void now.run(action, branch.view.configuration);
    else open({ action, branch });
  }
  function onClose(): void {
    if (!close(opened)) return;
    returnFocus(opened && 'branch' in opened ? opened.branch.id : null, () => createButton.current);
  }
  function done(title: string, subtitle = ''): void {
    showToast({ title, subtitle });
    onClose();
  }
  const createAuthority = (
    <WriteButton
      ref={createButton}
      renderIcon={Add}
      onClick={() => (recoveryConfirmed ? open({ action: 'create' }) : onFinishRecovery())}
    >
      Create certificate authority
    </WriteButton>
  );

  return (
    <>
      <Section aria-labelledby="kt-engines-private">
        <Stack gap={5}>
          <div className="kt-engines__head">
            <div>
              <Heading id="kt-engines-private" className="kt-engines__title">
                Private certificates
              </Heading>
              <p className="kt-engines__lead">
                Certificate authorities sign private certificates; templates say which ones they may sign.
              </p>
            </div>
            {views?.length !== 0 && createAuthority}
          </div>
          <ProblemNotice error={now.error} onClose={now.clear} />
          <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
          {views && views.length > 0 && <ConfigurationTable views={views} onAct={act} />}
          {views?.length === 0 && (
            <EmptyState title="No certificate authority yet" action={createAuthority}>
              Begin with a root certificate authority. Add an intermediate that it signs, and a template for that one:
              then private certificates can be added in Secrets.
            </EmptyState>
          )}
          {!views && !error && (
            <DataTableSkeleton
              aria-label="Loading certificate authorities"
              showHeader={false}
              showToolbar={false}
              columnCount={columns.length}
              rowCount={3}
            />
          )}
        </Stack>
      </Section>
      {opened?.action === 'create' && (
        <CreateAuthorityDialog
          onClose={onClose}
          onCreated={({ configuration: { name } }, next) => done(`Created ${name}`, next)}
        />
      )}
      {opened && opened.action !== 'create' && (
        <OpenedDialog
          opening={opened.action}
          // as it was read last: after a conflict it is looked at anew
          branch={findBranch(treeOf(views ?? []), opened.branch.id) ?? opened.branch}
          onClose={onClose}
          onDone={done}
        />
      )}
    </>
  );
}
