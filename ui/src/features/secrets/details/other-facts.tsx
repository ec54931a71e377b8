import type { SecretMetadata } from '../../../ipc/bindings';
import { Fact } from '../fact';

/** What the instance says of a secret that this window does not know, by its names on the wire. */
export function OtherFacts({ other }: { other: SecretMetadata['other'] }) {
  const members = Object.entries(other ?? {});
  if (members.length === 0) return null;
  return (
    <section aria-labelledby="kt-details-other">
      <h3 id="kt-details-other" className="kt-details__other">
        Other
      </h3>
      <dl className="kt-facts">
        {members.map(([name, value]) => (
          <Fact key={name} label={name}>
            {typeof value === 'string' ? value : JSON.stringify(value)}
          </Fact>
        ))}
      </dl>
    </section>
  );
}
