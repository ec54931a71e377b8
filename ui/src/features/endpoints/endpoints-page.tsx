import { Loading, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { useSlow } from '../../components/use-slow';
import { apiAccessQuery } from '../../ipc/api-access';
import { Addresses } from './addresses';
import { Examples } from './examples';

type EndpointsPageProps = { instanceId: string; onApiSettings: () => void };

/** The page **Endpoints**: where programs find this instance, and how they begin. */
export function EndpointsPage({ instanceId, onApiSettings }: EndpointsPageProps) {
  const { data: access, error, isPending, refetch } = useQuery(apiAccessQuery);
  const slow = useSlow(isPending);
  return (
    <div className="kt-page kt-endpoints">
      <Stack gap={7}>
        <div>
          <h1 className="kt-page__title">Endpoints</h1>
          <p className="kt-endpoints__lead">
            Programs written for IBM Cloud Secrets Manager work on this instance once they have its address and an API
            key of it.
          </p>
        </div>
        {slow && <Loading small withOverlay={false} description="Reading the addresses" />}
        <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
        {access && (
          <>
            <Addresses access={access} instanceId={instanceId} onApiSettings={onApiSettings} />
            <Examples url={access.url} />
          </>
        )}
      </Stack>
    </div>
  );
}
