import { InlineLoading, preview__IconIndicator as IconIndicator, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { SecretView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { publicCertOf } from '../orders/issuance';
import { certificateQuery } from '../queries';
import { hasCertificate } from './certificate-type';
import { Chain } from './chain';
import { FindingList } from './finding-list';

/** **Certificate** of the current version: what is to be said about it, and all it says. */
export function CertificateTab({ secret }: { secret: SecretView }) {
  if (!hasCertificate(secret.metadata)) {
    const why = publicCertOf(secret.metadata) ? 'the order did not bring one' : 'the request waits to be signed';
    return <p>There is no certificate yet: {why}.</p>;
  }
  return <CurrentCertificate secretId={secret.metadata.id} />;
}

function CurrentCertificate({ secretId }: { secretId: string }) {
  const { data, error, isPending, refetch } = useQuery(certificateQuery(secretId, 'current'));
  return (
    <Stack gap={5} className="kt-certificate">
      {isPending && <InlineLoading description="Reading the certificate" />}
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {data && (
        <>
          <FindingList findings={data.findings} />
          {data.private_key_included ? (
            <IconIndicator kind="succeeded" label="Its private key is kept in the vault." />
          ) : (
            <IconIndicator kind="informative" label="Its private key is not in the vault." />
          )}
          <Chain certificate={data.certificate} intermediates={data.intermediates} revokedAt={data.revoked_at ?? null} />
        </>
      )}
    </Stack>
  );
}
