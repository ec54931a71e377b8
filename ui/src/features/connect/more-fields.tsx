import { Accordion, Stack } from '@carbon/react';
import { byteSize } from '../../components/amounts';
import { giveBack } from '../../components/file-drops';
import { FoldedSection } from '../../components/folded-section';
import { PickedFileRow } from '../../components/picked-file-row';
import { TextField } from '../../components/text-field';
import { fieldError } from '../../ipc/problem';
import type { DraftProps } from './connection-draft';
import { PickRoots } from './pick-roots';

const inside = ['iam_url', 'proxy', 'root_certificates'];

/** What few instances need: another IAM, a proxy, certificates of an authority of one's own. */
export function MoreFields({ draft, onChange, error }: DraftProps) {
  const fault = (field: string) => fieldError(error, field);
  const { rootCertificates: file } = draft;
  const address = { autoComplete: 'off', spellCheck: false, placeholder: 'https://' };
  return (
    <Accordion>
      <FoldedSection title="More" fault={inside.some((field) => fault(field)) && error}>
        <Stack gap={6}>
          <TextField
            {...address}
            id="connection-iam-url"
            labelText="IAM URL (optional)"
            helperText="Where the API key is exchanged for a token, if not where it usually is."
            value={draft.iamUrl}
            onChange={(event) => onChange({ iamUrl: event.target.value })}
            invalid={fault('iam_url') !== undefined}
            invalidText={fault('iam_url') ?? ''}
          />
          <TextField
            {...address}
            id="connection-proxy"
            labelText="Proxy (optional)"
            helperText="Without one, the instance is reached directly."
            value={draft.proxy}
            onChange={(event) => onChange({ proxy: event.target.value })}
            invalid={fault('proxy') !== undefined}
            invalidText={fault('proxy') ?? ''}
          />
          <div>
            <p className="cds--label">Root certificates (optional)</p>
            {file ? (
              <PickedFileRow
                file={file}
                words={`${byteSize(file.size)}, trusted besides those of the system`}
                error={fault('root_certificates')}
                onRemove={() => {
                  giveBack(file.token);
                  onChange({ rootCertificates: null });
                }}
              />
            ) : (
              <PickRoots onFile={(rootCertificates) => onChange({ rootCertificates })} />
            )}
          </div>
        </Stack>
      </FoldedSection>
    </Accordion>
  );
}
