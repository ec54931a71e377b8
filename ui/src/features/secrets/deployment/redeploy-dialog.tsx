import { useState } from 'react';
import type { VersionView } from '../../../ipc/bindings';
import { TaskDialog } from '../../../components/task-dialog';
import { DownloadDialog } from '../download/download-dialog';
import { keyHindrance } from '../download/key-hindrance';
import type { SecretRef } from '../facts';
import { DeploymentDialog } from './deployment-dialog';

type RedeployDialogProps = {
  secret: SecretRef;
  /** The one that was just made. */
  version: VersionView;
  onClose: () => void;
};

type Step = 'offer' | 'download' | 'check';

/** What is left to do after a certificate was rotated: to bring it to where it is used. */
export function RedeployDialog({ secret, version, onClose }: RedeployDialogProps) {
  const [step, setStep] = useState<Step>('offer');
  // what was not brought anywhere yet need not be looked for
  const [downloaded, setDownloaded] = useState(false);
  const back = () => setStep('offer');
  const download = { label: 'Download', run: () => setStep('download') };
  const check = { label: 'Check deployment', run: () => setStep('check') };
  switch (step) {
    case 'download':
      return (
        <DownloadDialog
          name={secret.name}
          number={version.number}
          of={{ secretId: secret.id, version: version.metadata.id, keyHindrance: keyHindrance(version) }}
          onClose={back}
          onSaved={() => {
            setDownloaded(true);
            back();
          }}
        />
      );
    case 'check':
      return <DeploymentDialog secret={secret} onClose={back} />;
    case 'offer':
      return (
        <TaskDialog
          heading="Redeploy the certificate"
          task={downloaded ? check : download}
          back={downloaded ? download : check}
          closeLabel="Close"
          onClose={onClose}
          size="md"
          className="kt-dialog"
        >
          <p className="kt-dialog__lead">
            Version {version.number} of <strong>{secret.name}</strong> is the current one now. Redeploy the certificate to
            your TLS termination point: servers go on with the certificate they have until you do.
          </p>
        </TaskDialog>
      );
  }
}
