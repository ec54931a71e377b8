import { Upload } from '@carbon/icons-react';
import { useRef, useState } from 'react';
import { commands, type FilePurpose, type PickedFile } from '../ipc/bindings';
import { dropZone, useDrops } from './file-drops';
import { ProblemNotice } from './problem-notice';
import { useAction } from './use-action';
import { useLostFocus } from './use-lost-focus';

type FileDropProps = {
  purpose: FilePurpose;
  /** What the button says besides dropping. */
  label: string;
  /** What the file is for, where several can be chosen. */
  about?: string;
  onFile: (file: PickedFile) => void;
  /** Takes the first focus of its dialog. */
  first?: boolean;
};

/**
 * Takes a file by drop or by the native dialog, both opened and read by Rust: the page sees a token,
 * a name and a size. Carbon's own drop container would open the web view's picker instead.
 */
export function FileDrop({ purpose, label, about, onFile, first = false }: FileDropProps) {
  const zone = useRef<HTMLDivElement>(null);
  const button = useLostFocus<HTMLButtonElement>();
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const pick = useAction(async () => {
    setRefusal(null);
    const file = await commands.pickFile(purpose);
    if (file) onFile(file);
  });

  const taken = useAction(async (file: PickedFile) => {
    // Rust read it before it was known where it would be dropped
    await commands.checkFile(file.token, purpose);
    onFile(file);
  });

  useDrops(zone, (drop) => {
    if (drop.kind === 'over') {
      setOver(drop.inside);
      return;
    }
    pick.clear();
    taken.clear();
    setRefusal(drop.kind === 'refused' ? drop.problem : null);
    if (drop.kind === 'dropped') void taken.run(drop.file);
  });

  return (
    <div ref={zone} className="kt-drop" {...dropZone}>
      <button
        type="button"
        ref={button}
        className={`cds--file__drop-container cds--file-browse-btn kt-drop__button${over ? ' cds--file__drop-container--drag-over' : ''}`}
        onClick={() => void pick.run()}
        {...(about === undefined ? {} : { 'aria-label': `${label} or drop it here: ${about}` })}
        {...(first ? { 'data-modal-primary-focus': '' } : {})}
      >
        <span>
          <strong>{label}</strong> or drop it here
        </span>
        <Upload aria-hidden="true" />
      </button>
      <ProblemNotice error={pick.error ?? taken.error ?? refusal} />
    </div>
  );
}
