import { InlineLoading } from '@carbon/react';
import { ProblemNotice } from '../../../../../components/problem-notice';
import { CertificateList } from './certificate-list';
import { ChainList } from './chain-list';
import { FindingList } from './finding-list';
import { KeyMatch } from './key-match';
import type { useInspection } from './use-inspection';

type ChecksProps = {
  asked: ReturnType<typeof useInspection>;
  /** The certificate is shown elsewhere, beside another. */
  verdictOnly?: boolean;
};

/** What was found out about the parts, as soon as they are given. */
export function Checks({ asked: { inspection, error, slow, tryAgain }, verdictOnly = false }: ChecksProps) {
  const { certificate = null, intermediates = [], private_key = null, findings = [] } = inspection ?? {};
  const isNothing = !private_key && findings.length === 0 && (verdictOnly || !certificate);
  return (
    <section className="kt-checks" aria-label="Checks">
      {!isNothing && <h3 className="kt-checks__title">Checks</h3>}
      {slow && <InlineLoading description="Looking at the certificate…" />}
      {/* there before the first answer, so that each one is read out */}
      <div role="status" className="kt-checks__verdict">
        {private_key && <KeyMatch facts={private_key} />}
        <FindingList findings={findings} />
      </div>
      {!verdictOnly && certificate && <CertificateList facts={certificate} />}
      {!verdictOnly && certificate && <ChainList intermediates={intermediates} />}
      <ProblemNotice error={error} action={{ label: 'Try again', run: tryAgain }} />
    </section>
  );
}
