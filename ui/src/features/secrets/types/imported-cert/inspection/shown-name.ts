import type { NameFacts } from '../../../../../ipc/bindings';

/** What a subject or issuer is called: its common name, or all of its name. */
export function shownName({ common_name, text }: NameFacts): string {
  return common_name ?? (text || 'without a name');
}
