import type { TemplateDraft } from './template-draft';

/** What a part of the form of a template is given. */
export type TemplateSectionProps = {
  draft: TemplateDraft;
  onChange: (part: Partial<TemplateDraft>) => void;
  error: unknown;
};
