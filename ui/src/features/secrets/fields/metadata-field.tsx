import { Button } from '@carbon/react';
import { DocumentImport } from '@carbon/icons-react';
import { useRef, useState } from 'react';
import { commands, type Problem } from '../../../ipc/bindings';
import { dropZone, useDrops } from '../../../components/file-drops';
import { JsonField } from '../../../components/json-field';
import { ProblemNotice } from '../../../components/problem-notice';
import { useAction } from '../../../components/use-action';

type MetadataFieldProps = {
  id: string;
  label: string;
  text: string;
  onChange: (text: string) => void;
  error?: string | undefined;
  helperText: string;
  onLeave?: () => void;
};

/** Metadata as JSON, typed or read from a file that is selected or dropped here. */
export function MetadataField({ id, label, text, onChange, error, helperText, onLeave }: MetadataFieldProps) {
  const zone = useRef<HTMLDivElement>(null);
  const pick = useAction(async () => {
    const file = await commands.pickFile('metadata');
    if (!file) return;
    onChange(file.text ?? (await commands.readMetadataFile(file.token)));
  });
  const read = useAction(async (token: string) => onChange(await commands.readMetadataFile(token)));
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);

  useDrops(zone, (drop) => {
    if (drop.kind === 'over') {
      setOver(drop.inside);
      return;
    }
    setRefusal(drop.kind === 'refused' ? drop.problem : null);
    if (drop.kind === 'dropped') void read.run(drop.file.token);
  });

  return (
    <div ref={zone} className={over ? 'kt-metadata kt-metadata--over' : 'kt-metadata'} {...dropZone}>
      <JsonField
        id={id}
        label={label}
        text={text}
        onChange={onChange}
        error={error}
        helperText={helperText}
        onBlur={onLeave}
        rows={5}
      />
      <Button
        kind="ghost"
        size="sm"
        renderIcon={DocumentImport}
        aria-label={`Select a file for ${label}`}
        onClick={() => void pick.run()}
      >
        Select a file
      </Button>
      <ProblemNotice error={pick.error ?? read.error ?? refusal} />
    </div>
  );
}
