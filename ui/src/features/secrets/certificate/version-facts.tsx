import type { VersionView } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { keyChange } from './key-history';

type VersionFactsProps = {
  version: VersionView;
  /** The one before it, as far as the history goes. */
  older: VersionView | undefined;
};

/** What the history tells of the certificate of a version. */
export function VersionFacts({ version, older }: VersionFactsProps) {
  const { serial_number: serial, validity } = version.metadata;
  const { key } = version;
  if (!serial) return null;
  const change = keyChange(version, older);
  return (
    <>
      <p className="kt-version__facts">
        Serial number <span className="kt-certificate__code">{serial}</span>
        {validity && (
          <>
            {' · valid until '}
            <RelativeDate value={validity.not_after} />
          </>
        )}
      </p>
      {key && (
        <p className="kt-version__facts">
          {[key.algorithm, change, key.private_key_included ? 'with private key' : 'without private key']
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </>
  );
}
