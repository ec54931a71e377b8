import type { Challenge } from '../../../../ipc/bindings';
import { deepRows, sharedNames, type RecordRow } from './records';

type RecordNotesProps = { rows: readonly RecordRow[]; obsolete: readonly Challenge[] };

/** What is easily done wrong with these records. */
export function RecordNotes({ rows, obsolete }: RecordNotesProps) {
  const shared = sharedNames(rows);
  const [deep] = deepRows(rows);
  return (
    <>
      {shared.map(({ name, domains }) => (
        <p key={name}>
          <strong>{name}</strong> needs {domains.length} TXT records with different values at the same time: for{' '}
          {domains.join(' and ')}. Add a further record; do not replace the first one.
        </p>
      ))}
      {deep && (
        <p>
          Records for subdomains go into the zone of the registered domain: the one for {deep.challenge.domain} into{' '}
          <strong>{deep.place.zone}</strong>, under the name <strong>{deep.place.relative_name}</strong>.
        </p>
      )}
      {obsolete.length > 0 && (
        <div>
          <p>
            <strong>Obsolete</strong>: these records of the order before are no longer needed. Remove them from your DNS
            provider account.
          </p>
          <ul className="kt-challenges__obsolete" aria-label="Obsolete records">
            {obsolete.map(({ txt_record_name: name, txt_record_value: value }) => (
              <li key={`${name} ${value}`}>
                <code>{name}</code> <code>{value}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
