import { Download } from '@carbon/icons-react';
import { Button } from '@carbon/react';
import { commands } from '../../../../../ipc/bindings';
import { ProblemNotice } from '../../../../../components/problem-notice';
import { useToasts } from '../../../../../components/toasts';
import { useAction } from '../../../../../components/use-action';

/** What is to be signed for a managed request, and where its key is. */
export function ManagedRequest({ secretId }: { secretId: string }) {
  const showToast = useToasts();
  const download = useAction(async () => {
    const saved = await commands.downloadCsr(secretId);
    if (saved) showToast({ title: `Saved ${saved.name}`, subtitle: 'Have it signed, and bring the certificate here.' });
  });
  return (
    <div className="kt-managed">
      <p>The private key stays in the vault. Bring the certificate that was signed for its CSR.</p>
      <Button kind="tertiary" size="sm" renderIcon={Download} onClick={() => void download.run()}>
        Download CSR
      </Button>
      <ProblemNotice error={download.error} />
    </div>
  );
}
