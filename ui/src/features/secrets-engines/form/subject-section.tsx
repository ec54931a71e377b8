import { Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { LinesField } from '../../../components/lines-field';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from './fault-within';
import { subjectNames, subjectParts, type SubjectDraft } from './subject';

type SubjectSectionProps = { subject: SubjectDraft; onChange: (subject: SubjectDraft) => void; error: unknown };

/** **Subject name**: who the certificate is for, besides its common name. */
export function SubjectSection({ subject, onChange, error }: SubjectSectionProps) {
  return (
    <FoldedSection title="Subject name" fault={faultWithin(error, subjectNames)}>
      <Stack gap={5}>
        {subjectParts.map(({ part, label }) => (
          <LinesField
            key={part}
            id={`kt-engine-${part}`}
            label={label}
            {...(part === 'country' ? { helperText: 'Two letters, such as DE.' } : {})}
            rows={1}
            text={subject[part]}
            onChange={(text) => onChange({ ...subject, [part]: text })}
            error={fieldError(error, part)}
          />
        ))}
      </Stack>
    </FoldedSection>
  );
}
