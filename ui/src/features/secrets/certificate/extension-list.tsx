import { Tag } from '@carbon/react';
import type { ExtensionFacts } from '../../../ipc/bindings';

/** All extensions of a certificate, as far as they can be read. */
export function ExtensionList({ extensions }: { extensions: readonly ExtensionFacts[] }) {
  return (
    <ul className="kt-certificate__extensions">
      {extensions.map(({ name, oid, critical, value, note }, place) => (
        <li key={`${place} ${oid}`}>
          <div className="kt-certificate__extension">
            {name}
            {critical && (
              <Tag size="sm" type="outline">
                Critical
              </Tag>
            )}
          </div>
          {name !== oid && <div className="kt-certificate__note">{oid}</div>}
          <div className="kt-certificate__code">{value}</div>
          {note !== null && <div className="kt-certificate__note">{note}</div>}
        </li>
      ))}
    </ul>
  );
}
