import { Callout } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../../components/problem-notice';
import { configurationsQuery } from '../../../../ipc/configurations';
import { EnginesLink } from '../engines-link';
import { hasIamEngine } from './new-iam-credentials';

/** There is nothing that API keys could be made with: what to do first. Nothing where there is. */
export function EngineRequired({ onEngines }: { onEngines: () => void }) {
  const { data, error, refetch } = useQuery(configurationsQuery);
  const missing = data && !hasIamEngine(data.map(({ configuration }) => configuration));
  return (
    <>
      {missing && (
        <div>
          <Callout
            kind="warning"
            lowContrast
            className="kt-problem"
            title="Engine configuration required"
            subtitle="API keys are made in IAM with an API key that is configured first. There is none, or it is disabled."
          />
          <EnginesLink onEngines={onEngines} />
        </div>
      )}
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
    </>
  );
}
