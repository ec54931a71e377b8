import { Stack } from '@carbon/react';
import { LifetimeField } from '../../../../components/lifetime-field';
import { AutoRotationField } from '../../fields/auto-rotation-field';
import { isProblem } from '../../../../ipc/problem';
import type { AddProps } from '../secret-type';
import { CsrSection } from './csr-section';
import { NameFields } from './name-fields';
import type { NewPrivateCert } from './new-private-cert';
import { Outlook } from './outlook';
import { refusalAt, refusedField, type PrivateCertField } from './refused-field';
import { TemplateField } from './template-field';
import { useOutlook } from './use-outlook';

/** What a certificate of an authority of this instance is for, and what it would be. */
export function AddStep({ draft, onChange, error, groupId, onEngines }: AddProps<NewPrivateCert>) {
  const found = useOutlook(draft, groupId);
  const change = (part: Partial<NewPrivateCert>) => onChange({ ...draft, ...part });
  const faultAt = (field: PrivateCertField) => refusalAt(error, field, draft) ?? refusalAt(found.error, field, draft);
  return (
    <Stack gap={6}>
      <TemplateField
        chosen={draft.template}
        groupId={groupId}
        onChoose={(template) => change({ template })}
        onEngines={onEngines}
        error={faultAt('certificate_template')}
      />
      <NameFields draft={draft} onChange={change} faultAt={faultAt} />
      <LifetimeField
        id="kt-private-ttl"
        label="TTL (optional)"
        helperText="Blank: as the template says."
        lifetime={draft.ttl}
        onChange={(ttl) => change({ ttl })}
        error={faultAt('ttl')}
      />
      <CsrSection
        csr={draft.csr}
        onChange={(csr) => change({ csr })}
        without="Without one, Keyturn makes a private key and keeps it with the certificate."
        error={faultAt('csr')}
      />
      <AutoRotationField
        rotation={draft.rotation}
        onChange={(rotation) => change({ rotation })}
        error={faultAt('rotation')}
      />
      <Outlook
        found={found}
        placed={isProblem(found.error) && refusedField(found.error, draft) !== undefined}
        waits={
          draft.csr.wanted
            ? 'It is shown once a template is chosen and the request is given.'
            : 'It is shown once a template is chosen and a name is entered.'
        }
      />
    </Stack>
  );
}
