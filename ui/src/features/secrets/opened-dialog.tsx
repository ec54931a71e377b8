import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecretMetadata, SecretView, VersionView } from '../../ipc/bindings';
import { useToasts } from '../../components/toasts';
import { AddWizard } from './add/add-wizard';
import { isCertificate, keepsPrivateKey } from './certificate/certificate-type';
import { CopyDialog } from './copy/copy-dialog';
import { DeleteDialog } from './delete/delete-dialog';
import { DeploymentDialog } from './deployment/deployment-dialog';
import { RedeployDialog } from './deployment/redeploy-dialog';
import { DetailsPanel } from './details/details-panel';
import { DownloadDialog } from './download/download-dialog';
import type { SecretAction } from './list/row-menu';
import { LocksPanel } from './locks/locks-panel';
import { ChallengesDialog } from './orders/challenges/challenges-dialog';
import { isManual, isOrdering, publicCertOf } from './orders/issuance';
import type { SecretRef } from './facts';
import { refreshSecrets } from './queries';
import { RotateDialog } from './rotate/rotate-dialog';
import { VersionHistory } from './versions/version-history';
import { ViewDialog } from './view/view-dialog';

/** What stands over the list. */
export type Opened = { action: 'add' } | { action: SecretAction; secret: SecretView };

/** The dialog or panel for an action, and what is told when it is done. */
export function OpenedDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const client = useQueryClient();
  const showToast = useToasts();
  const [made, setMade] = useState<VersionView | null>(null);
  const [ordered, setOrdered] = useState<SecretRef | null>(null);

  function told(title: string, subtitle = ''): void {
    showToast({ title, subtitle });
    void refreshSecrets(client);
  }

  function done(title: string, subtitle = ''): void {
    told(title, subtitle);
    onClose();
  }

  /** An order is stored: nothing is issued yet, and with the provider Manual the person goes on with it. */
  function processing({ id, name }: SecretRef, manual: boolean): void {
    told('Your order is being processed', name);
    if (manual) setOrdered({ id, name });
    else onClose();
  }

  function added({ metadata }: SecretView): void {
    if (isOrdering(metadata)) processing(metadata, isManual(metadata));
    else done(`Added ${metadata.name}`);
  }

  if (ordered) return <ChallengesDialog secret={ordered} onClose={onClose} />;
  if (!('secret' in opened)) return <AddWizard onClose={onClose} onAdded={added} />;
  const { metadata } = opened.secret;
  const { id, name } = metadata;
  const secret = { id, name };

  function rotated(version: VersionView): void {
    // the version is the one in force: there is no other until the certificate is issued
    if (publicCertOf(metadata)) {
      processing(secret, isManual(metadata));
      return;
    }
    told(`Rotated ${name}`, `Version ${version.number} is the current one now.`);
    if (isCertificate(metadata.secret_type)) setMade(version);
    else onClose();
  }

  switch (opened.action) {
    case 'view':
      return <ViewDialog secret={secret} madeAnew={isMadeAnew(metadata)} onClose={onClose} />;
    case 'details':
      return <DetailsPanel secret={secret} onClose={onClose} onSaved={({ metadata }) => done(`Saved ${metadata.name}`)} />;
    case 'rotate':
      if (made) return <RedeployDialog secret={secret} version={made} onClose={onClose} />;
      return <RotateDialog secret={secret} onClose={onClose} onRotated={rotated} />;
    case 'versions':
      return <VersionHistory secret={secret} onClose={onClose} />;
    case 'download-certificate':
      return (
        <DownloadDialog
          name={name}
          of={{
            secretId: id,
            version: 'current',
            keyHindrance: keepsPrivateKey(metadata) ? null : 'The current version has no private key.',
          }}
          onClose={onClose}
        />
      );
    case 'check-deployment':
      return <DeploymentDialog secret={secret} onClose={onClose} />;
    case 'challenges':
      return <ChallengesDialog secret={secret} onClose={onClose} />;
    case 'copy':
      return <CopyDialog secrets={[opened.secret]} onClose={onClose} />;
    case 'locks':
      return <LocksPanel secret={secret} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog secret={secret} onClose={onClose} onDeleted={() => done(`Deleted ${name}`)} />;
  }
}

/** Credentials that are not reused are another API key for each reader. */
function isMadeAnew(metadata: SecretMetadata): boolean {
  return metadata.secret_type === 'iam_credentials' && !metadata.reuse_api_key;
}
