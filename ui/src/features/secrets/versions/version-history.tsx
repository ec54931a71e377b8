import { InlineLoading } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type ComponentProps } from 'react';
import type { VersionView } from '../../../ipc/bindings';
import { focusBack } from '../../../components/focus-back';
import { ProblemNotice } from '../../../components/problem-notice';
import { SidePanel } from '../../../components/side-panel';
import { useToasts } from '../../../components/toasts';
import { useOpened } from '../../../components/use-opened';
import { isCertificate } from '../certificate/certificate-type';
import { DownloadDialog } from '../download/download-dialog';
import { keyHindrance } from '../download/key-hindrance';
import type { SecretRef } from '../facts';
import { CreateLockDialog } from '../locks/create-lock-dialog';
import { createdToast } from '../locks/lock-toasts';
import { refreshSecrets, secretQuery, versionsQuery } from '../queries';
import { ClipboardNotice } from '../../../components/clipboard-notice';
import { useCopy } from '../view/use-copy';
import { useSave } from '../view/use-save';
import { ViewDialog } from '../view/view-dialog';
import { CompareCertificatesDialog } from './compare-certificates-dialog';
import { CompareDialog } from './compare-dialog';
import { RestoreDialog } from './restore-dialog';
import { RevokeDialog } from './revoke-dialog';
import { VersionCard, type VersionAction } from './version-card';
import { VersionMetadataDialog } from './version-metadata-dialog';
import { compareHindrance } from './version-pair';

type Opened = { action: Exclude<VersionAction, 'copy'>; version: VersionView; button: HTMLElement };

/** **Version history**: every version, newest first, and what can be done with each. */
export function VersionHistory({ secret, onClose }: { secret: SecretRef; onClose: () => void }) {
  const client = useQueryClient();
  const showToast = useToasts();
  const versions = useQuery(versionsQuery(secret.id));
  const current = useQuery(secretQuery(secret.id));
  const dialog = useOpened<Opened>();
  const { opened } = dialog;
  const panel = useRef<HTMLUListElement>(null);
  const copy = useCopy(secret.id);
  const save = useSave(secret.id);

  function act(action: VersionAction, version: VersionView, button: HTMLElement): void {
    const { id } = version.metadata;
    if (action === 'copy') void copy.run(id, `version ${version.number} of ${secret.name}`);
    else if (action === 'download' && !isCertificate(version.metadata.secret_type)) void save.run(id);
    else dialog.open({ action, version, button });
  }

  function close(): void {
    if (!opened || !dialog.close(opened)) return;
    const { button } = opened;
    focusBack(() => (button.isConnected ? button : panel.current));
  }

  function done(title: string, subtitle = ''): void {
    showToast({ title, subtitle });
    void refreshSecrets(client);
    close();
  }

  return (
    <SidePanel title="Version history" subtitle={secret.name} onClose={onClose}>
      <ProblemNotice error={versions.error} action={{ label: 'Try again', run: () => void versions.refetch() }} />
      <ProblemNotice error={copy.error ?? save.error} />
      {versions.isPending && <InlineLoading description="Reading the versions" />}
      {/* the dialog on top has one of its own, and one of them is enough to be read out */}
      {opened?.action !== 'view' && <ClipboardNotice />}
      <ul ref={panel} className="kt-versions" tabIndex={-1} aria-label={`Versions of ${secret.name}`}>
        {versions.data?.map((version, place, all) => (
          <VersionCard
            key={version.metadata.id}
            version={version}
            older={all[place + 1]}
            compareHindrance={compareHindrance(version, versions.data)}
            onAction={act}
          />
        ))}
      </ul>
      {opened?.action === 'view' && (
        <ViewDialog
          secret={secret}
          version={{ id: opened.version.metadata.id, number: opened.version.number }}
          onClose={close}
        />
      )}
      {opened?.action === 'restore' && (
        <RestoreDialog
          secret={secret}
          version={opened.version}
          current={current}
          onClose={close}
          onRestored={({ number }) =>
            done(`Restored version ${opened.version.number}`, `Version ${number} is the current one now.`)
          }
        />
      )}
      {opened?.action === 'download' && (
        <DownloadDialog
          name={secret.name}
          number={opened.version.number}
          of={{
            secretId: secret.id,
            version: opened.version.metadata.id,
            keyHindrance: keyHindrance(opened.version),
          }}
          onClose={close}
        />
      )}
      {opened?.action === 'compare' && versions.data && (
        <Comparing secret={secret} versions={versions.data} opened={opened.version} onClose={close} />
      )}
      {opened?.action === 'lock' && opened.version.metadata.alias && (
        <CreateLockDialog
          secret={secret}
          alias={opened.version.metadata.alias}
          onClose={close}
          onCreated={({ names, version, mode, locks }) => {
            const { title, subtitle } = createdToast(names, version, mode, locks);
            done(title, subtitle);
          }}
        />
      )}
      {opened?.action === 'revoke' && (
        <RevokeDialog
          secret={secret}
          version={opened.version}
          onClose={close}
          onRevoked={() => done(`Revoked version ${opened.version.number}`, 'Rotate the secret to get a valid one.')}
        />
      )}
      {opened?.action === 'metadata' && (
        <VersionMetadataDialog
          secret={secret}
          version={opened.version}
          onClose={close}
          onSaved={({ number }) => done(`Saved the metadata of version ${number}`)}
        />
      )}
    </SidePanel>
  );
}

/** Certificates are compared by what they say. */
function Comparing(props: ComponentProps<typeof CompareDialog>) {
  const certificate = isCertificate(props.opened.metadata.secret_type);
  return certificate ? <CompareCertificatesDialog {...props} /> : <CompareDialog {...props} />;
}
