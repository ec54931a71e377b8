import type { CertificateFacts } from '../../../../../ipc/bindings';
import { FileDrop } from '../../../../../components/file-drop';
import { ValueWays } from '../../../fields/value-ways';
import { CurrentPart } from './current-part';
import { partTitles, partWord, type PartDraft, type PartName } from './part';
import { PartFileRow } from './part-file-row';
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
  if (source === 'current') {
    return <CurrentPart name={name} title={title} onRemove={() => changes.remove(name)} error={error} />;
  }
  return (
    <ValueWays title={title} ways={ways} way={source} onChange={(way) => changes.set(name, { source: way })}>
      {source === 'text' && (
        <PartText name={name} text={text} onChange={(typed) => changes.set(name, { text: typed })} error={error} />
      )}
      {source === 'file' && file && (
        <PartFileRow
          // another file is read anew
          key={file.token}
          name={name}
          file={file}
          intermediates={intermediates}
          onRead={(found) => changes.found(name, { ...file, found })}
          onRemove={() => changes.remove(name)}
          error={error}
        />
      )}
      {source === 'file' && !file && (
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
