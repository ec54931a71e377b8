import { InlineLoading } from '@carbon/react';
import { useEffectEvent, useLayoutEffect, useState } from 'react';
import { commands, type CertificateFacts, type CertificateFile, type Problem } from '../../../../../ipc/bindings';
import { toProblem } from '../../../../../ipc/problem';
import { useAction } from '../../../../../components/use-action';
import { sentence } from '../../../fields/checks';
import { FilePassword } from './file-password';
import { FoundPart } from './found-part';
import type { PartFile, PartName } from './part';
import { PartRow } from './part-row';

type PartFileRowProps = {
  name: PartName;
  file: PartFile;
  intermediates: readonly CertificateFacts[];
  onRead: (found: CertificateFile) => void;
  onRemove: () => void;
  error?: string | undefined;
};

/** A file that was picked for a part. It is read here; an encrypted one asks for its password. */
export function PartFileRow({ name, file, intermediates, onRead, onRemove, error }: PartFileRowProps) {
  const { token, found } = file;
  const [locked, setLocked] = useState(false);
  const read = useAction(async (password: string | null) => {
    try {
      onRead(await commands.readCertificateFile(token, password));
    } catch (refusal) {
      if (isAboutPassword(toProblem(refusal))) setLocked(true);
      throw refusal;
    }
  });
  const unread = found === null;
  const begin = useEffectEvent(() => void read.run(null));
  // a frame without what it holds would come and go
  useLayoutEffect(() => {
    if (unread) begin();
  }, [unread]);

  const asks = unread && locked;
  const problem = read.error === null ? null : toProblem(read.error);
  const refusal = problem && !isAboutPassword(problem) ? sentence(problem) : undefined;
  return (
    // that it is to be opened is said by the field of the password
    <PartRow name={name} words={file.name} onRemove={onRemove} error={refusal ?? (asks ? undefined : error)}>
      {found && <FoundPart name={name} found={found} intermediates={intermediates} />}
      {asks && (
        <FilePassword
          name={name}
          file={file.name}
          wrong={problem?.code === 'password_wrong' ? problem.message : undefined}
          asked={error !== undefined}
          busy={read.busy}
          slow={read.slow}
          onOpen={(password) => void read.run(password)}
        />
      )}
      {unread && !locked && read.slow && <InlineLoading description="Reading…" />}
    </PartRow>
  );
}

function isAboutPassword({ code }: Problem): boolean {
  return code === 'password_needed' || code === 'password_wrong';
}
