import type { CertificateFacts } from '../../../../../ipc/bindings';
import { Fact } from '../../../fact';
import { Period } from './period';
import { shownName } from './shown-name';

/** What stands between a certificate and a root, from the one that signed it upwards. */
export function ChainList({ intermediates }: { intermediates: readonly CertificateFacts[] }) {
  if (intermediates.length === 0) return null;
  return (
    <dl className="kt-facts">
      <Fact label="Chain">
        <ol className="kt-checks__chain">
          {intermediates.map(({ sha256, subject, not_before, not_after }, place) => (
            <li key={`${place} ${sha256}`}>
              <bdi>{shownName(subject)}</bdi>, <Period from={not_before} until={not_after} />
            </li>
          ))}
        </ol>
      </Fact>
    </dl>
  );
}
