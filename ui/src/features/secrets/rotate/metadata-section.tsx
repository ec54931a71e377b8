import { Accordion } from '@carbon/react';
import type { Problem, RotationOutlook } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { sentence } from '../fields/checks';
import { FoldedSection } from '../../../components/folded-section';
import { MetadataField } from '../fields/metadata-field';
import { shownMetadata, type RotationDraft } from './rotation-draft';

type Checked = { problem: Problem | null; now: () => Promise<Problem | null> };

type MetadataSectionProps = {
  draft: RotationDraft;
  outlook: RotationOutlook;
  onChange: (change: Partial<RotationDraft>) => void;
  metadata: Checked;
  versionMetadata: Checked;
  /** Why the rotation was refused. */
  error: unknown;
};

const warning = 'Do not put confidential data here; it is kept for up to 50 versions.';

/** Both kinds of metadata, folded away as most rotations need none. */
export function MetadataSection(props: MetadataSectionProps) {
  const { draft, outlook, onChange, metadata, versionMetadata, error } = props;
  const refused = {
    metadata: fieldError(error, 'custom_metadata'),
    versionMetadata: fieldError(error, 'version_custom_metadata'),
  };
  return (
    <Accordion size="md" align="start">
      <FoldedSection title="Metadata" fault={metadata.problem ?? refused.metadata}>
        <MetadataField
          id="kt-metadata"
          label="Metadata"
          text={shownMetadata(draft, outlook)}
          onChange={(text) => onChange({ metadata: text })}
          onLeave={() => void metadata.now()}
          error={sentence(metadata.problem) ?? refused.metadata}
          helperText={`A JSON object for the secret as a whole. ${warning}`}
        />
      </FoldedSection>
      <FoldedSection title="Version metadata" fault={versionMetadata.problem ?? refused.versionMetadata}>
        <MetadataField
          id="kt-version-metadata"
          label="Version metadata"
          text={draft.versionMetadata}
          onChange={(text) => onChange({ versionMetadata: text })}
          onLeave={() => void versionMetadata.now()}
          error={sentence(versionMetadata.problem) ?? refused.versionMetadata}
          helperText={`A JSON object for the new version, such as a ticket. ${warning}`}
        />
      </FoldedSection>
    </Accordion>
  );
}
