import type { CertificateFacts } from '../../../../../ipc/bindings';
import { FileDrop } from '../../../../../components/file-drop';
import { ValueWays } from '../../../fields/value-ways';
import { partTitles, partWord, type PartDraft, type PartName } from './part';
import { PartFileRow } from './part-file-row';
import { PartGroup } from './part-group';
import { PartRow } from './part-row';
import { PartText } from './part-text';
import type { PartChanges } from './use-parts';

type PartFieldProps = {
  name: PartName;
  part: PartDraft;
  changes: PartChanges;
  /** The certificates that a file for the intermediate is. */
  intermediates: readonly CertificateFacts[];
  error?: string | undefined;
  /** Takes the first focus of its dialog. */
  first?: boolean;
};

const ways = { file: 'Select a file', text: 'Enter text' };

/** One part of a certificate, by file or as text; or that of the current version. */
export function PartField({ name, part, changes, intermediates, error, first = false }: PartFieldProps) {
  const title = name === 'certificate' ? partTitles[name] : `${partTitles[name]} (optional)`;
  const { source, file, text } = part;
  const remove = () => changes.remove(name);
  if (source === 'current') {
    return (
      <PartGroup title={title}>
        <PartRow name={name} words={`${partTitles[name]} of the current version`} onRemove={remove} error={error} />
      </PartGroup>
    );
  }
  if (source === 'file' && file) {
    return (
      <PartGroup title={title}>
        <PartFileRow
          // another file is read anew
          key={file.token}
          name={name}
          file={file}
          intermediates={intermediates}
          onRead={(found) => changes.found(name, { ...file, found })}
          onRemove={remove}
          error={error}
        />
      </PartGroup>
    );
  }
  return (
    <ValueWays title={title} ways={ways} way={source} onChange={(way) => changes.set(name, { source: way })}>
      {source === 'text' ? (
        <PartText name={name} text={text} onChange={(typed) => changes.set(name, { text: typed })} error={error} />
      ) : (
        <>
          <FileDrop
            purpose="certificate"
            label="Select a file"
            about={partWord(name)}
            first={first}
            onFile={({ token, name: fileName }) => changes.set(name, { file: { token, name: fileName, found: null } })}
          />
          {error !== undefined && (
            <p className="kt-field__error" role="alert">
              {error}
            </p>
          )}
        </>
      )}
    </ValueWays>
  );
}
