import { Callout } from '@carbon/react';

/** Stays until the vault has an unlock method that outlives this computer's keyring. */
export function RecoveryNotice({ onFinish }: { onFinish: () => void }) {
  return (
    <div className="kt-notice">
      <Callout
        className="kt-problem"
        kind="warning"
        lowContrast
        title="Only the keyring of this computer opens this vault."
        subtitle="If the keyring is reset, what is in the vault is lost. Secrets can be saved once there is a recovery code or a passphrase."
        actionButtonLabel="Finish setting up the recovery code"
        onActionButtonClick={onFinish}
        statusIconDescription="Warning"
      />
    </div>
  );
}
