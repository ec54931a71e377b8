import { Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { useToasts } from '../../../components/toasts';
import { useOpened } from '../../../components/use-opened';
import { configurationsQuery, isIamEngine, viewsOf, type IamConfiguration, type ViewOf } from '../../../ipc/configurations';
import { DeleteDialog } from '../actions/delete-dialog';
import { ConfigurationList } from '../public/configuration-list';
import type { RowAction } from '../public/opening';
import { returnFocus } from '../return-focus';
import { idOf } from '../tree/tree';
import { AddIamDialog, EditIamDialog } from './iam-dialogs';
import { IamPanel } from './iam-panel';
import { iamColumns, IamTable } from './iam-table';
import { PendingRemovals } from './pending-removals';

type IamCredentialsProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

type View = ViewOf<IamConfiguration>;
type Opened = { add: true } | { action: RowAction; view: View };

/** The tab **IAM credentials**: what API keys are made with, and those that are still to be removed. */
export function IamCredentials({ recoveryConfirmed, onFinishRecovery }: IamCredentialsProps) {
  const { data, error, refetch } = useQuery(configurationsQuery);
  const views = data && viewsOf(data, isIamEngine);
  const { opened, open, close } = useOpened<Opened>();
  const showToast = useToasts();

  function onClose(): void {
    if (!close(opened) || !opened) return;
    returnFocus('view' in opened ? idOf(opened.view) : null, () => {
      const button = document.querySelector<HTMLElement>('[data-add="IAM configuration"]:enabled');
      // the one that was added takes the button out of order
      return button ?? document.querySelector<HTMLElement>('[data-actions-of]');
    });
  }
  function done(title: string): void {
    showToast({ title });
    onClose();
  }
  const shown = opened && 'view' in opened ? opened : null;
  // as it was read last: after a conflict it is looked at anew
  const view = shown && (views?.find((one) => idOf(one) === idOf(shown.view)) ?? shown.view);

  return (
    <Stack gap={8}>
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {(data ?? !error) && (
        <ConfigurationList
          title="IAM credentials"
          lead="API keys of service IDs are made and removed in IBM Cloud IAM with this."
          add={{
            thing: 'IAM configuration',
            kind: 'primary',
            hindrance: views?.length ? 'There is one, and there cannot be more. Edit it instead.' : null,
            run: () => (recoveryConfirmed ? open({ add: true }) : onFinishRecovery()),
          }}
          number={views?.length ?? null}
          empty={{
            title: 'No IAM configuration yet',
            words: 'Add an API key that may manage service IDs: then IAM credentials can be made in Secrets.',
          }}
          columns={iamColumns}
        >
          <IamTable views={views ?? []} onAct={(action, chosen) => open({ action, view: chosen })} />
        </ConfigurationList>
      )}
      <PendingRemovals />
      {opened && 'add' in opened && <AddIamDialog onClose={onClose} onAdded={(name) => done(`Added ${name}`)} />}
      {view && shown.action === 'view' && <IamPanel view={view} onClose={onClose} />}
      {view && shown.action === 'edit' && (
        <EditIamDialog view={view} onClose={onClose} onSaved={() => done(`Saved ${view.configuration.name}`)} />
      )}
      {view && shown.action === 'delete' && <DeleteDialog view={view} onClose={onClose} onDone={done} />}
    </Stack>
  );
}
