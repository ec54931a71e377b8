import { useQuery } from '@tanstack/react-query';
import { lifetimeWords, ttlSeconds } from '../../../components/lifetime';
import type { Ttl } from '../../../ipc/bindings';
import type { TemplateConfiguration } from '../../../ipc/configurations';
import { groupName, groupNamesQuery } from '../../../ipc/groups';
import { keyChoice, keyWords } from '../form/key-choice';
import { subjectParts } from '../form/subject';
import { domainSwitches, listLabels, requestSwitches, roleSwitches, type RuleList } from '../template/rule-names';
import { templateDraft } from '../template/template-draft';
import { FactList } from './fact-list';

/** What a template allows. */
export function TemplateFacts({ template }: { template: TemplateConfiguration }) {
  const { data: names } = useQuery(groupNamesQuery);
  const { groups } = templateDraft(template.name, template);
  const switched = (rules: readonly { rule: keyof TemplateConfiguration; label: string }[]) =>
    rules.map(({ rule, label }) => ({ label, value: template[rule] === true ? 'On' : 'Off' }));
  const listed = (rule: RuleList) => ({ label: listLabels[rule], value: list(template[rule]) });
  const list = (texts: readonly string[] | undefined) => (texts ?? []).join(', ') || '—';
  return (
    <>
      <FactList
        title="Certificate template"
        facts={[
          { label: 'Certificate authority', value: template.certificate_authority },
          { label: 'Allowed secret groups', value: groups.map((id) => groupName(names, id)).join(', ') || 'All' },
          { label: 'Maximum TTL', value: words(template.max_ttl, 'As the authority allows') },
          { label: 'TTL', value: words(template.ttl, '—') },
          { label: 'Key algorithm', value: keyWords(keyChoice(template.key_type ?? 'rsa', template.key_bits)) },
        ]}
      />
      <FactList
        title="Domain settings"
        facts={[
          listed('allowed_domains'),
          ...switched(domainSwitches),
          listed('allowed_uri_sans'),
          listed('allowed_other_sans'),
        ]}
      />
      <FactList
        title="Certificate roles"
        facts={[
          ...switched(roleSwitches),
          { label: 'Key usage', value: list(template.key_usage) },
          listed('ext_key_usage'),
          listed('ext_key_usage_oids'),
        ]}
      />
      <FactList
        title="Subject name"
        facts={subjectParts.map(({ part, label }) => ({ label, value: list(template[part]) }))}
      />
      <FactList
        title="Requests and policies"
        facts={[
          ...switched(requestSwitches),
          listed('policy_identifiers'),
          { label: 'Not before duration', value: words(template.not_before_duration, '—') },
        ]}
      />
    </>
  );
}

function words(ttl: Ttl | null | undefined, none: string): string {
  const seconds = ttlSeconds(ttl);
  return seconds === null ? none : lifetimeWords(seconds);
}
