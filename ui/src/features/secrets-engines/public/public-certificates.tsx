import { Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { useToasts } from '../../../components/toasts';
import { useOpened } from '../../../components/use-opened';
import { configurationsQuery, isDnsProvider, isPublicAuthority, viewsOf } from '../../../ipc/configurations';
import { useOfflineReason } from '../../../ipc/instances';
import { returnFocus } from '../return-focus';
import { idOf } from '../tree/tree';
import { AddAuthorityDialog, AddProviderDialog } from './add-dialog';
import { authorityColumns, AuthorityTable } from './authority/authority-table';
import { ConfigurationList } from './configuration-list';
import { limitHindrance } from './limit';
import { OpenedDialog } from './opened-dialog';
import type { OnAct, PublicView, RowAction } from './opening';
import { providerColumns, ProviderTable } from './provider/provider-table';

type PublicCertificatesProps = {
  /** Without it nothing can be saved in this vault. */
  recoveryConfirmed: boolean;
  onFinishRecovery: () => void;
};

/** What **Add** adds. */
type Thing = 'certificate authority' | 'DNS provider';
type Opened = { add: Thing } | { action: RowAction; view: PublicView };

/** The tab **Public certificates**: whom they are ordered from, and who sets the records of an order. */
export function PublicCertificates({ recoveryConfirmed, onFinishRecovery }: PublicCertificatesProps) {
  const { data, error, refetch } = useQuery(configurationsQuery);
  const authorities = data && viewsOf(data, isPublicAuthority);
  const providers = data && viewsOf(data, isDnsProvider);
  const offline = useOfflineReason();
  const { opened, open, close } = useOpened<Opened>();
  const showToast = useToasts();

  const onAct: OnAct = (action, view) => open({ action, view });
  function add(thing: Thing): void {
    if (recoveryConfirmed) open({ add: thing });
    else onFinishRecovery();
  }
  function onClose(): void {
    if (!close(opened) || !opened) return;
    const id = 'view' in opened ? idOf(opened.view) : null;
    const thing = 'view' in opened ? thingOf(opened.view) : opened.add;
    returnFocus(id, () => {
      const button = document.querySelector<HTMLElement>(`[data-add="${thing}"]:enabled`);
      // the tenth one takes the button out of order
      return button ?? document.querySelector<HTMLElement>('[data-actions-of]');
    });
  }
  function done(title: string): void {
    showToast({ title });
    onClose();
  }
  const shown = opened && 'view' in opened ? opened : null;
  const all = [...(authorities ?? []), ...(providers ?? [])];
  const adding = opened && 'add' in opened ? opened.add : null;
  // as it was read last: after a conflict it is looked at anew
  const latest = shown && all.find((view) => idOf(view) === idOf(shown.view));

  return (
    <Stack gap={8}>
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {(data ?? !error) && (
        <>
          <ConfigurationList
            title="Certificate authorities"
            lead="Public certificates are ordered from these, with an account of this vault."
            add={{
              thing: 'certificate authority',
              kind: 'primary',
              hindrance: offline ?? limitHindrance(authorities?.length ?? 0, 'certificate authorities'),
              run: () => add('certificate authority'),
            }}
            number={authorities?.length ?? null}
            empty={{
              title: 'No certificate authority yet',
              words:
                "Begin with Let's Encrypt (Staging) to try things out, or with Let's Encrypt: then public certificates can be ordered in Secrets.",
            }}
            columns={authorityColumns}
          >
            <AuthorityTable views={authorities ?? []} onAct={onAct} />
          </ConfigurationList>
          <div>
            <ConfigurationList
              title="DNS providers"
              lead="They set the records by which an authority sees that a name is yours."
              add={{
                thing: 'DNS provider',
                kind: 'tertiary',
                hindrance: offline ?? limitHindrance(providers?.length ?? 0, 'DNS providers'),
                run: () => add('DNS provider'),
              }}
              number={providers?.length ?? null}
              empty={{
                title: 'No automatic DNS provider yet',
                words:
                  'Add the server of your zone if it takes dynamic updates: then certificates are ordered and renewed without a hand.',
              }}
              columns={providerColumns}
            >
              <ProviderTable views={providers ?? []} onAct={onAct} />
            </ConfigurationList>
            <p className="kt-engines__note">
              <strong>Manual</strong> is always there: you set the records yourself, and Keyturn shows and checks them.
            </p>
          </div>
        </>
      )}
      {adding === 'certificate authority' && (
        <AddAuthorityDialog onClose={onClose} onAdded={(name) => done(`Added ${name}`)} />
      )}
      {adding === 'DNS provider' && <AddProviderDialog onClose={onClose} onAdded={(name) => done(`Added ${name}`)} />}
      {shown && <OpenedDialog action={shown.action} view={latest ?? shown.view} onClose={onClose} onDone={done} />}
    </Stack>
  );
}

function thingOf({ configuration }: PublicView): Thing {
  return isDnsProvider(configuration) ? 'DNS provider' : 'certificate authority';
}
