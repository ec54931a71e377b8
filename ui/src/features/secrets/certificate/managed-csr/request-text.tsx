import { Download } from '@carbon/icons-react';
import { Button, TextArea } from '@carbon/react';
import { useRef } from 'react';
import { commands } from '../../../../ipc/bindings';
import { byteSize } from '../../../../components/amounts';
import { CopyIdButton } from '../../../../components/copy-id-button';
import { ProblemNotice } from '../../../../components/problem-notice';
import { useToasts } from '../../../../components/toasts';
import { useAction } from '../../../../components/use-action';

/** The request itself, to be copied or saved. It is no secret. */
export function RequestText({ secretId, csr }: { secretId: string; csr: string }) {
  const showToast = useToasts();
  const field = useRef<HTMLTextAreaElement>(null);
  const save = useAction(async () => {
    const saved = await commands.downloadCsr(secretId);
    if (saved) showToast({ title: `Saved ${saved.name}`, subtitle: byteSize(saved.size) });
  });
  return (
    <div className="kt-certificate__request">
      <TextArea
        ref={field}
        id="kt-csr-text"
        labelText="Certificate signing request (CSR)"
        readOnly
        rows={8}
        value={csr}
        spellCheck={false}
      />
      <div className="kt-certificate__tools">
        <Button kind="tertiary" size="sm" renderIcon={Download} onClick={() => void save.run()}>
          Download CSR
        </Button>
        <CopyIdButton label="CSR" size="sm" select={() => field.current?.select()} />
      </div>
      <ProblemNotice error={save.error} />
    </div>
  );
}
