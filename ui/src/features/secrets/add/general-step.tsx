import { Accordion, Stack, TextArea } from '@carbon/react';
import { fieldError } from '../../../ipc/problem';
import { sentence } from '../fields/checks';
import { FoldedSection } from '../../../components/folded-section';
import { LabelField } from '../fields/label-field';
import { MetadataField } from '../fields/metadata-field';
import type { AddDraft } from './add-form';
import { GroupField } from './group-field';
import type { Checks } from './use-add';
import { TextField } from '../../../components/text-field';

type GeneralStepProps = {
  draft: AddDraft;
  onChange: (part: Partial<AddDraft>) => void;
  checks: Checks;
  onCreateGroup: () => void;
  /** Why the secret was not added. */
  error: unknown;
};

const warning = 'Do not put confidential data here; it is kept for up to 50 versions.';

/** What every secret has, whatever its type. */
export function GeneralStep({ draft, onChange, checks, onCreateGroup, error }: GeneralStepProps) {
  const faults = {
    name: sentence(checks.name.problem) ?? fieldError(error, 'name'),
    description: sentence(checks.description.problem) ?? fieldError(error, 'description'),
    labels: sentence(checks.labels.problem) ?? fieldError(error, 'labels'),
    metadata: sentence(checks.metadata.problem) ?? fieldError(error, 'custom_metadata'),
    versionMetadata: sentence(checks.versionMetadata.problem) ?? fieldError(error, 'version_custom_metadata'),
  };
  return (
    <Stack gap={6}>
      <TextField
        id="kt-add-name"
        labelText="Name"
        helperText="Letters, digits, dashes, dots and underscores. Unique among secrets of this type."
        autoComplete="off"
        spellCheck={false}
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
        onBlur={() => {
          if (draft.name !== '') void checks.name.now();
        }}
        invalid={faults.name !== undefined}
        invalidText={faults.name ?? ''}
      />
      <TextArea
        id="kt-add-description"
        labelText="Description (optional)"
        rows={2}
        value={draft.description}
        onChange={(event) => onChange({ description: event.target.value })}
        onBlur={() => void checks.description.now()}
        invalid={faults.description !== undefined}
        invalidText={faults.description ?? ''}
      />
      <GroupField
        chosen={draft.group}
        onChoose={(group) => onChange({ group })}
        onCreate={onCreateGroup}
        error={fieldError(error, 'secret_group_id')}
      />
      <LabelField labels={draft.labels} onChange={(labels) => onChange({ labels })} error={faults.labels} />
      <Accordion size="md" align="start">
        <FoldedSection title="Metadata" fault={checks.metadata.problem ?? faults.metadata}>
          <MetadataField
            id="kt-add-metadata"
            label="Metadata"
            text={draft.metadata}
            onChange={(metadata) => onChange({ metadata })}
            onLeave={() => void checks.metadata.now()}
            error={faults.metadata}
            helperText={`A JSON object for the secret as a whole. ${warning}`}
          />
        </FoldedSection>
        <FoldedSection title="Version metadata" fault={checks.versionMetadata.problem ?? faults.versionMetadata}>
          <MetadataField
            id="kt-add-version-metadata"
            label="Version metadata"
            text={draft.versionMetadata}
            onChange={(versionMetadata) => onChange({ versionMetadata })}
            onLeave={() => void checks.versionMetadata.now()}
            error={faults.versionMetadata}
            helperText={`A JSON object for the first version. ${warning}`}
          />
        </FoldedSection>
      </Accordion>
    </Stack>
  );
}
