import { RadioButton, RadioButtonGroup, Stack } from '@carbon/react';
import type { DraftProps } from '../secret-type';
import { Checks } from './inspection/checks';
import { useInspection } from './inspection/use-inspection';
import type { NewCertificate } from './new-certificate';
import { partNames, type Parts } from './parts/parts';
import { PartsField } from './parts/parts-field';
import { useParts } from './parts/use-parts';
import { RequestForm } from './request/request-form';

/** A certificate that is there, or a request for one. */
export function AddStep({ draft, onChange, error }: DraftProps<NewCertificate>) {
  const { way, parts, request } = draft;
  return (
    <Stack gap={6}>
      <RadioButtonGroup
        name="kt-certificate-way"
        legendText="Where the certificate comes from"
        orientation="vertical"
        valueSelected={way}
        onChange={(chosen) => onChange({ ...draft, way: chosen === 'managed' ? 'managed' : 'given' })}
      >
        <RadioButton id="kt-certificate-given" value="given" labelText="Import a certificate" />
        <RadioButton
          id="kt-certificate-managed"
          value="managed"
          labelText="Create a Certificate Signing Request (CSR)"
        />
      </RadioButtonGroup>
      {way === 'given' ? (
        <GivenParts parts={parts} onChange={(changed) => onChange({ ...draft, parts: changed })} error={error} />
      ) : (
        <RequestForm request={request} onChange={(changed) => onChange({ ...draft, request: changed })} error={error} />
      )}
    </Stack>
  );
}

type GivenPartsProps = { parts: Parts; onChange: (parts: Parts) => void; error: unknown };

function GivenParts({ parts, onChange, error }: GivenPartsProps) {
  const changes = useParts(parts, partNames, onChange);
  const asked = useInspection({ secretId: null, parts });
  return (
    <>
      <PartsField parts={parts} changes={changes} inspection={asked.inspection} error={error} />
      <Checks asked={asked} />
    </>
  );
}
