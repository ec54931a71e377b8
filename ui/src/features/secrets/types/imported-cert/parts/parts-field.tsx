import type { Inspection } from '../../../../../ipc/bindings';
import { fieldError } from '../../../../../ipc/problem';
import { carriedFault, passwordFault, problemOf } from '../inspection/verdict';
import { isGiven, partFault, type PartName } from './part';
import { PartField } from './part-field';
import { partNames, type Parts } from './parts';
import { intermediatesIn, sharedFiles } from './taken-file';
import { TextPassword } from './text-password';
import type { PartChanges } from './use-parts';

type PartsFieldProps = {
  parts: Parts;
  names?: readonly PartName[];
  changes: PartChanges;
  /** What was found out about the parts; `null`: nothing yet. */
  inspection: Inspection | null;
  error: unknown;
  /** Takes the first focus of its dialog. */
  first?: boolean;
};

/** The parts of a certificate. One file may be several of them. */
export function PartsField({ parts, names = partNames, changes, inspection, error, first = false }: PartsFieldProps) {
  const { file } = parts.intermediate;
  const intermediates = file ? intermediatesIn(file, parts) : [];
  const faultOf = (name: PartName) => {
    const part = parts[name];
    // that a file is still to be read or opened is no fault as long as nobody wants to go on
    const isUnread = part.source === 'file' && part.file?.found === null;
    // one that Rust keeps no longer is left out of the draft, and chosen again
    const gone = name === 'certificate' ? (fieldError(error, 'file') ?? problemOf(inspection, 'file')) : undefined;
    const fault = isUnread ? null : partFault(name, part);
    const carried = name === 'private_key' ? carriedFault(parts, inspection) : undefined;
    return fieldError(error, name) ?? gone ?? fault ?? carried ?? problemOf(inspection, name);
  };
  const password = passwordFault(inspection);
  const isTyped = names.some((name) => parts[name].source === 'text' && isGiven(parts[name]));
  return (
    <>
      <p className="cds--form__helper-text">
        PEM, DER, PKCS#7, PKCS#12 and JKS are understood, encrypted keys too. One file may fill{' '}
        {names.length === 2 ? 'both' : 'all three'}.
      </p>
      {names.map((name) => (
        <PartField
          key={name}
          name={name}
          part={parts[name]}
          changes={changes}
          intermediates={intermediates}
          error={faultOf(name)}
          first={first && name === 'certificate'}
        />
      ))}
      {isTyped && (
        <TextPassword
          password={parts.password}
          onChange={changes.enterPassword}
          error={fieldError(error, 'password') ?? password}
        />
      )}
      <div role="status" className="kt-part__found">
        {sharedFiles(parts, names).map((line) => (
          <div key={line}>
            <bdi>{line}</bdi>
          </div>
        ))}
      </div>
    </>
  );
}
