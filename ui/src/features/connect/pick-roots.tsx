import { Button } from '@carbon/react';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { commands, type PickedFile } from '../../ipc/bindings';

/** Asks for a file with certificates of authorities; Rust reads and keeps it. */
export function PickRoots({ onFile }: { onFile: (file: PickedFile) => void }) {
  const pick = useAction(async () => {
    const file = await commands.pickFile('root_certificates');
    if (file) onFile(file);
  });
  return (
    <>
      <Button kind="tertiary" size="md" onClick={() => void pick.run()} disabled={pick.busy}>
        Select a file
      </Button>
      <ProblemNotice error={pick.error} onClose={pick.clear} />
    </>
  );
}
