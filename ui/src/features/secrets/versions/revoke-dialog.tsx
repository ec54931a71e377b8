import { Stack } from '@carbon/react';
import { commands, type VersionView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import type { SecretRef } from '../facts';

type RevokeDialogProps = { secret: SecretRef; version: VersionView; onClose: () => void; onRevoked: () => void };

/** Confirms **Revoke** of the certificate of a version. */
export function RevokeDialog({ secret, version, onClose, onRevoked }: RevokeDialogProps) {
  const revoke = useAction(async () => {
    await commands.revokeCertificate(secret.id, version.metadata.id);
    onRevoked();
  });
  const serial = version.metadata.serial_number;
  return (
    <TaskDialog
      heading={`Revoke version ${version.number}`}
      danger
      task={{ label: 'Revoke', run: () => void revoke.run(), slow: revoke.slow, progress: 'Revoking…' }}
      onClose={onClose}
      className="kt-dialog"
    >
      <Stack gap={5}>
        <p className="kt-dialog__lead">
          The certificate of version {version.number} of <strong>{secret.name}</strong> goes onto the revocation list of
          its authority, and whoever looks at that list no longer trusts it. This cannot be undone.
        </p>
        {serial && <p>Its serial number is {serial}.</p>}
        <p>The value stays readable. Rotate the secret to get a valid certificate.</p>
        <ProblemNotice error={revoke.error} />
      </Stack>
    </TaskDialog>
  );
}
