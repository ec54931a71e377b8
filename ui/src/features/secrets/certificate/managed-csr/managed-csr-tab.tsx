import { Accordion, Stack } from '@carbon/react';
import { fieldError, unplaced } from '../../../../ipc/problem';
import { ProblemNotice } from '../../../../components/problem-notice';
import { FoldedSection } from '../../../../components/folded-section';
import { listFields } from '../request/request-words';
import { KeyFields } from './key-fields';
import { NameFields } from './name-fields';
import { requestFields } from './request';
import { RequestField, RequestList } from './request-fields';
import { RequestText } from './request-text';
import { usageFields, UsageFields } from './usage-fields';
import type { ManagedCsrEdit } from './use-managed-csr';

const subjectFields = [...listFields, 'user_ids'];

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
              <RequestList key={field} {...props} field={field} />
            ))}
            <RequestField {...props} field="user_ids" />
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
