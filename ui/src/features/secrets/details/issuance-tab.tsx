import { Button, Stack } from '@carbon/react';
import type { IssuanceInfo, SecretView } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { Fact } from '../fact';
import { isManual, publicCertOf } from '../orders/issuance';
import { SecretState } from '../orders/secret-state';

type IssuanceTabProps = { secret: SecretView; issuance: IssuanceInfo; onChallenges: () => void };

/** **Issuance**: the newest order of a public certificate, and why it failed if it did. */
export function IssuanceTab({ secret, issuance, onChallenges }: IssuanceTabProps) {
  const certificate = publicCertOf(secret.metadata);
  const { auto_rotated, challenges, dns_challenge_validation_time, error_code, error_message, ordered_on } = issuance;
  return (
    <Stack gap={6}>
      <dl className="kt-facts" aria-label="Issuance">
        <Fact label="Status">
          <SecretState secret={secret} />
          {error_message != null && <p className="kt-due-text">{error_message}</p>}
        </Fact>
        {error_code != null && <Fact label="Error code">{error_code}</Fact>}
        <Fact label="Ordered on">
          <RelativeDate value={ordered_on} />
        </Fact>
        <Fact label="Ordered by">{auto_rotated ? 'Automatic rotation' : 'A person'}</Fact>
        <Fact label="Certificate authority">{certificate?.ca ?? '—'}</Fact>
        <Fact label="DNS provider">{isManual(secret.metadata) ? 'Manual' : (certificate?.dns ?? '—')}</Fact>
        <Fact label="Validated on">
          <RelativeDate value={dns_challenge_validation_time} none="Not yet" />
        </Fact>
        {challenges && <Fact label="Challenges">{challenges.length}</Fact>}
        <Fact label="Bundle certificates">{certificate?.bundle_certs ? 'On' : 'Off'}</Fact>
        <Fact label="Key algorithm">{certificate?.key_algorithm ?? '—'}</Fact>
      </dl>
      <div>
        <Button kind="tertiary" size="md" onClick={onChallenges}>
          Challenges
        </Button>
      </div>
    </Stack>
  );
}
