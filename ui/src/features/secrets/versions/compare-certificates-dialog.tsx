import { InlineLoading, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VersionView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useSlow } from '../../../components/use-slow';
import { CertificateComparison } from '../certificate/comparison/certificate-comparison';
import type { SecretRef } from '../facts';
import { comparedCertificatesQuery } from '../queries';
import { PairChoice } from './pair-choice';
import { firstPair } from './version-pair';

type CompareCertificatesDialogProps = {
  secret: SecretRef;
  versions: readonly VersionView[];
  /** The one to be compared with others. */
  opened: VersionView;
  onClose: () => void;
};

/** **Compare versions** of a certificate: by what they say. No value is read for it. */
export function CompareCertificatesDialog({ secret, versions, opened, onClose }: CompareCertificatesDialogProps) {
  const [pair, setPair] = useState(() => firstPair(opened, versions));
  const { older, newer } = pair;
  const query = comparedCertificatesQuery(secret.id, older.metadata.id, newer.metadata.id);
  const { data, error, isFetching, refetch } = useQuery(query);
  const slow = useSlow(isFetching);
  return (
    <TaskDialog heading="Compare versions" onClose={onClose} size="md" className="kt-dialog">
      <Stack gap={5}>
        <p className="kt-dialog__lead">
          What differs between the certificates of two versions of <strong>{secret.name}</strong>.
        </p>
        <PairChoice pair={pair} versions={versions} onChange={setPair} />
        {/* there before the first answer, so that each one is read out */}
        <div role="status">
          {slow && <InlineLoading description="Comparing…" />}
          {data && (
            <p className="cds--visually-hidden">{`Compared version ${older.number} with version ${newer.number}.`}</p>
          )}
        </div>
        {data && (
          <CertificateComparison
            compared={data}
            titles={{ older: `Version ${older.number}`, newer: `Version ${newer.number}` }}
          />
        )}
        <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      </Stack>
    </TaskDialog>
  );
}
