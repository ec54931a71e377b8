import type { Challenge } from '../../../../ipc/bindings';
import { deepZones, sharedNames, type DeepZone, type RecordRow } from './records';

type RecordNotesProps = { rows: readonly RecordRow[]; obsolete: readonly Challenge[] };

/** What is easily done wrong with these records. */
export function RecordNotes({ rows, obsolete }: RecordNotesProps) {
  const shared = sharedNames(rows);
  return (
    <>
      {shared.map(({ name, domains }) => (
        <p key={name}>
          <strong>{name}</strong> needs {domains.length} TXT records with different values at the same time: for{' '}
          {domains.join(' and ')}. Add a further record; do not replace the first one.
        </p>
      ))}
      {deepZones(rows).map((deep) => (
        <DeepNote key={deep.zone} {...deep} />
      ))}
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

// the table says the same of each record
const named = 3;

/** Which zone the records of deep names go into, and under which names. */
function DeepNote({ zone, records }: DeepZone) {
  const [first, ...others] = records;
  if (!first) return null;
  const more = others.length - (named - 1);
  return (
    <p>
      The record for {first.domain} goes into the zone <strong>{zone}</strong> under the name{' '}
      <strong>{first.name}</strong>
      {others.slice(0, named - 1).map(({ domain, name }) => (
        <span key={domain}>
          , the one for {domain} under <strong>{name}</strong>
        </span>
      ))}
      {more > 0 && `, and so on for ${more} more`}.
    </p>
  );
}
