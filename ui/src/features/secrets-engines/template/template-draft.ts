import type { NewConfiguration, Rules } from '../../../ipc/bindings';
import { lifetimeFault, lifetimeFrom, ttlText, type Lifetime } from '../../../components/lifetime';
import { linesOf, linesText } from '../../../components/lines';
import { keyChoice, type KeyChoice } from '../form/key-choice';
import { subjectDraft, subjectNames, wholeSubject, type SubjectDraft } from '../form/subject';
import { ruleLists, ruleSwitches, type RuleList } from './rule-names';

type Switch = (typeof ruleSwitches)[number];

/** A template while it is entered. */
export type TemplateDraft = {
  name: string;
  /** Ids of the groups that may use it; none: all. */
  groups: readonly string[];
  maxTtl: Lifetime;
  ttl: Lifetime;
  notBefore: Lifetime;
  key: KeyChoice;
  switches: Readonly<Record<Switch, boolean>>;
  lists: Readonly<Record<RuleList, string>>;
  keyUsage: readonly string[];
  subject: SubjectDraft;
};

/** Names of the fields on the wire that the form shows. */
export const templateFields: readonly string[] = [
  'name',
  'allowed_secret_groups',
  'max_ttl',
  'ttl',
  'key_type',
  'key_bits',
  'key_usage',
  'not_before_duration',
  ...ruleLists,
  ...subjectNames,
];

/** The rules as the fields show them. */
export function templateDraft(name: string, rules: Rules): TemplateDraft {
  const switches = ruleSwitches.map((rule) => [rule, rules[rule] === true]);
  const lists = ruleLists.map((rule) => [rule, linesText(rules[rule])]);
  return {
    name,
    groups: (rules.allowed_secret_groups ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    maxTtl: lifetimeFrom(rules.max_ttl, 'hour'),
    ttl: lifetimeFrom(rules.ttl, 'hour'),
    notBefore: lifetimeFrom(rules.not_before_duration, 'second'),
    key: keyChoice(rules.key_type ?? 'rsa', rules.key_bits),
    switches: Object.fromEntries(switches) as TemplateDraft['switches'],
    lists: Object.fromEntries(lists) as TemplateDraft['lists'],
    keyUsage: rules.key_usage ?? [],
    subject: subjectDraft(rules),
  };
}

/** All rules, as both the making and the change of a template send them. */
export function rulesOf(draft: TemplateDraft): Rules {
  const { groups, lists } = draft;
  const texts = ruleLists.map((rule) => [rule, linesOf(lists[rule])]);
  return {
    allowed_secret_groups: groups.length > 0 ? groups.join(',') : null,
    max_ttl: ttlText(draft.maxTtl),
    ttl: ttlText(draft.ttl),
    allowed_domains_template: false,
    ...draft.switches,
    ...(Object.fromEntries(texts) as Record<RuleList, string[]>),
    ...draft.key,
    key_usage: [...draft.keyUsage],
    ...wholeSubject(draft.subject),
    not_before_duration: ttlText(draft.notBefore),
  };
}

export function newTemplate(draft: TemplateDraft, authority: string): NewConfiguration {
  return {
    name: draft.name,
    detail: {
      config_type: 'private_cert_configuration_template',
      certificate_authority: authority,
      ...rulesOf(draft),
    },
  };
}

/** Whether it can be sent: Rust says what is wrong with it then. */
export function isComplete({ name, maxTtl, ttl, notBefore }: TemplateDraft): boolean {
  return name.trim() !== '' && [maxTtl, ttl, notBefore].every((length) => lifetimeFault(length) === null);
}
