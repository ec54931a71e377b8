import { Select, SelectItem, SelectItemGroup } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../../components/problem-notice';
import { configurationsQuery, isTemplate, type TemplateConfiguration } from '../../../../ipc/configurations';
import { EngineRequired } from './engine-required';

type TemplateFieldProps = {
  chosen: string;
  groupId: string;
  onChoose: (template: string) => void;
  onEngines: () => void;
  error: string | undefined;
};

/** The template whose rules the certificate follows, by the authority that signs. */
export function TemplateField({ chosen, groupId, onChoose, onEngines, error }: TemplateFieldProps) {
  const read = useQuery(configurationsQuery);
  const templates = (read.data ?? []).map(({ configuration }) => configuration).filter(isTemplate);
  const authorities = [...new Set(templates.map((template) => template.certificate_authority))];
  return (
    <>
      {read.data && templates.length === 0 && <EngineRequired onEngines={onEngines} />}
      <Select
        id="kt-private-template"
        labelText="Certificate template"
        value={chosen}
        onChange={({ target }) => onChoose(target.value)}
        invalid={error !== undefined}
        invalidText={error ?? ''}
        data-modal-primary-focus
      >
        <SelectItem value="" text="Choose a template" />
        {authorities.map((authority) => (
          <SelectItemGroup key={authority} label={authority}>
            {templates
              .filter((template) => template.certificate_authority === authority)
              .map((template) => {
                const reason = hindranceOf(template, groupId);
                const text = reason ? `${template.name}: ${reason}` : template.name;
                return <SelectItem key={template.name} value={template.name} text={text} disabled={reason !== null} />;
              })}
          </SelectItemGroup>
        ))}
      </Select>
      <ProblemNotice error={read.error} action={{ label: 'Try again', run: () => void read.refetch() }} />
    </>
  );
}

/** Why a template cannot issue a certificate for a secret of this group. */
function hindranceOf({ hindrance, allowed_secret_groups }: TemplateConfiguration, groupId: string): string | null {
  if (hindrance) return hindrance.message;
  const groups = (allowed_secret_groups ?? '').split(',').filter((id) => id.trim() !== '');
  if (groups.length === 0 || groups.some((id) => id.trim() === groupId)) return null;
  return 'It is not for the secret group that you chose.';
}
