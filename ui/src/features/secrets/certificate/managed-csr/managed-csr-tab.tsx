import { Accordion, Stack } from '@carbon/react';
import { fieldError, unplaced } from '../../../../ipc/problem';
import { ProblemNotice } from '../../../../components/problem-notice';
import { FoldedSection } from '../../../../components/folded-section';
import { KeyFields } from './key-fields';
import { NameFields } from './name-fields';
import { listFields, requestFields } from './request';
import { RequestField, RequestList } from './request-fields';
import { RequestText } from './request-text';
import { UsageFields } from './usage-fields';
import type { ManagedCsrEdit } from './use-managed-csr';

const listNames: Record<(typeof listFields)[number], string> = {
  organization: 'Organization',
  ou: 'Organizational unit',
  country: 'Country (two letters)',
  locality: 'City',
  province: 'State or province',
  street_address: 'Street',
  postal_code: 'Postal code',
};
const subjectFields = [...listFields, 'user_ids'];
const usageFields = ['key_usage', 'ext_key_usage', 'ext_key_usage_oids', 'policy_identifiers'];

/** **Managed CSR**: the request, and what it asks for, to be changed. */
export function ManagedCsrTab({ secretId, edit }: { secretId: string; edit: ManagedCsrEdit }) {
  const { managed, change, update, review, conflict } = edit;
  if (!managed) return null;
  const { error } = update;
  const props = { request: managed.request, onChange: change, error };
  const faultIn = (fields: readonly string[]) => fields.some((field) => fieldError(error, field)) && error;
  return (
    <Stack gap={6} className="kt-certificate">
      <RequestText secretId={secretId} csr={managed.csr} />
      <p className="kt-certificate__note">
        At least one of the names must stay. An update makes a new CSR; certificates signed for the old one no longer fit
        if the key changes.
      </p>
      <NameFields {...props} />
      <KeyFields {...props} />
      <Accordion align="start">
        <FoldedSection title="Subject" fault={faultIn(subjectFields)}>
          <Stack gap={5}>
            {listFields.map((field) => (
              <RequestList key={field} {...props} field={field} label={listNames[field]} />
            ))}
            <RequestField {...props} field="user_ids" label="User IDs" hint="Separated by commas." />
          </Stack>
        </FoldedSection>
        <FoldedSection title="Usage" fault={faultIn(usageFields)}>
          <UsageFields {...props} />
        </FoldedSection>
      </Accordion>
      {conflict ? (
        <ProblemNotice error={error} action={{ label: 'Reload and review', run: () => void review.run() }} />
      ) : (
        <ProblemNotice error={unplaced(error, requestFields)} />
      )}
      <ProblemNotice error={review.error} />
    </Stack>
  );
}
