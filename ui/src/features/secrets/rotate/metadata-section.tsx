import { Accordion, AccordionItem } from '@carbon/react';
import type { Problem, RotationOutlook } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { sentence } from '../fields/checks';
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
  return (
    <Accordion size="md" align="start">
      <AccordionItem title="Metadata" {...openOnFault(metadata)}>
        <MetadataField
          id="kt-metadata"
          label="Metadata"
          text={shownMetadata(draft, outlook)}
          onChange={(text) => onChange({ metadata: text })}
          onLeave={() => void metadata.now()}
          error={sentence(metadata.problem) ?? fieldError(error, 'custom_metadata')}
          helperText={`A JSON object for the secret as a whole. ${warning}`}
        />
      </AccordionItem>
      <AccordionItem title="Version metadata" {...openOnFault(versionMetadata)}>
        <MetadataField
          id="kt-version-metadata"
          label="Version metadata"
          text={draft.versionMetadata}
          onChange={(text) => onChange({ versionMetadata: text })}
          onLeave={() => void versionMetadata.now()}
          error={sentence(versionMetadata.problem) ?? fieldError(error, 'version_custom_metadata')}
          helperText={`A JSON object for the new version, such as a ticket. ${warning}`}
        />
      </AccordionItem>
    </Accordion>
  );
}

/** A fault must not hide in a closed section. */
function openOnFault({ problem }: Checked): { open?: boolean } {
  return problem ? { open: true } : {};
}
