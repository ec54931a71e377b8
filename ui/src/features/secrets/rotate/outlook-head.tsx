import type { RotationOutlook } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { NextDate } from './next-date';

/** What this rotation will do, told before the click. */
export function OutlookHead({ outlook, typeTitle }: { outlook: RotationOutlook; typeTitle: string }) {
  const { secret, effect, fate, next_number } = outlook;
  // a request that waits for its certificate
  const isFirst = next_number === 1;
  return (
    <div className="kt-outlook">
      <p className="kt-dialog__lead">{effect}</p>
      <NextDate secret={secret} />
      <dl className="kt-facts">
        <div>
          <dt>Secret</dt>
          <dd>{secret.metadata.name}</dd>
        </div>
        <div>
          <dt>Type</dt>
          <dd>{typeTitle}</dd>
        </div>
        <div>
          <dt>Current version</dt>
          <dd>
            {isFirst ? (
              'None yet'
            ) : (
              <>
                {next_number - 1}, since <RelativeDate value={secret.rotated_at} />
              </>
            )}
          </dd>
        </div>
        {!isFirst && (
          <div>
            <dt>What becomes of it</dt>
            <dd>{fate}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
