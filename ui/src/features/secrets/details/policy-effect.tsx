import { Callout } from '@carbon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { PolicyOutlook } from '../../../ipc/bindings';
import { unplaced } from '../../../ipc/problem';
import { localMoments } from '../../../components/local-moments';
import { ProblemNotice } from '../../../components/problem-notice';

// where the fields stand that show their own faults
const planFields = ['rotation', 'reminder', 'ttl', 'expiration_date'];

/** What saving would do, told before it is done. */
export function PolicyEffect({ outlook }: { outlook: UseQueryResult<PolicyOutlook> }) {
  const { data, error } = outlook;
  const effect = data && !data.hindrance ? localMoments(data.effect) : null;
  return (
    <>
      <div aria-live="polite">
        {effect !== null &&
          (data?.at_once ? (
            <Callout
              className="kt-problem"
              kind="warning"
              lowContrast
              title="Rotates at once when you save."
              subtitle={effect}
              statusIconDescription="Warning"
            />
          ) : (
            <p className="kt-due-text">{effect}</p>
          ))}
      </div>
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void outlook.refetch() }} />
      <ProblemNotice error={unplaced(data?.hindrance, planFields)} />
    </>
  );
}
