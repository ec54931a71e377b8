import { differing } from '../form/changes';
import { subjectParts } from '../form/subject';
import { listLabels, switchLabels } from './rule-names';
import type { TemplateDraft } from './template-draft';

/** Parts of the draft that are rules of their own each. */
type Several = 'switches' | 'lists' | 'subject';

/** The rules that differ from those that were read; every other one follows what is read. */
export type TemplateChanges = Partial<Omit<TemplateDraft, Several>> & {
  [Part in Several]: Partial<TemplateDraft[Part]>;
};

export const noChanges: TemplateChanges = { switches: {}, lists: {}, subject: {} };

/** What of a draft differs from the rules as they were read. */
export function changesTo(read: TemplateDraft, draft: TemplateDraft): TemplateChanges {
  const { switches, lists, subject, ...single } = draft;
  const { switches: readSwitches, lists: readLists, subject: readSubject, ...readSingle } = read;
  return {
    ...differing(readSingle, single),
    switches: differing(readSwitches, switches),
    lists: differing(readLists, lists),
    subject: differing(readSubject, subject),
  };
}

/** The rules as they were read, with the changes laid over them. */
export function laidOver(read: TemplateDraft, changes: TemplateChanges): TemplateDraft {
  return {
    ...read,
    ...changes,
    switches: { ...read.switches, ...changes.switches },
    lists: { ...read.lists, ...changes.lists },
    subject: { ...read.subject, ...changes.subject },
  };
}

const singleLabels: Readonly<Record<keyof Omit<TemplateDraft, Several>, string>> = {
  name: 'Name',
  groups: 'Allowed secret groups',
  maxTtl: 'Maximum TTL',
  ttl: 'TTL',
  notBefore: 'Not before duration',
  key: 'Key algorithm',
  keyUsage: 'Key usage',
};

const labels: Readonly<Record<string, string>> = {
  ...singleLabels,
  ...switchLabels,
  ...listLabels,
  ...Object.fromEntries(subjectParts.map(({ part, label }) => [part, label])),
};

/** Names of the rules that changed, as the form has them; empty: none. */
export function changedRules({ switches, lists, subject, ...single }: TemplateChanges): string[] {
  return Object.keys({ ...single, ...switches, ...lists, ...subject }).map((rule) => labels[rule] ?? rule);
}
