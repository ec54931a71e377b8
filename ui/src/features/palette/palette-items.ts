import type { FoundSecret } from '../../ipc/bindings';

/** Something the palette can do. */
export type PaletteAction = { key: string; label: string; kind: 'Action' | 'Page' | 'Instance'; run: () => void };

/** What can be done with a secret that was found. */
export type FoundAction = 'details' | 'view' | 'rotate' | 'versions';

/** A line of the palette. */
export type PaletteItem =
  | { key: string; action: PaletteAction }
  | { key: string; found: FoundSecret; does: FoundAction };

const verbs: readonly (readonly [FoundAction, string])[] = [
  ['view', 'View'],
  ['rotate', 'Rotate'],
  ['versions', 'Version history'],
];

const mostActions = 8;

/** What is typed: a text to look for, and what is to be done with the secret it finds. */
export type Wish = { does: FoundAction; text: string };

/** `rotate db` looks for *db*, to be rotated. */
export function wishOf(typed: string): Wish {
  const text = typed.trim();
  for (const [does, label] of verbs) {
    const verb = `${label.toLowerCase()} `;
    if (text.toLowerCase().startsWith(verb)) return { does, text: text.slice(verb.length).trim() };
  }
  return { does: 'details', text };
}

/** The actions whose name has all typed words in it. */
export function matching(actions: readonly PaletteAction[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = actions.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return (words.length === 0 ? found : found.slice(0, mostActions)).map((action) => ({ key: action.key, action }));
}

/** The secrets that were found, each with what is wished. */
export function foundItems(found: readonly FoundSecret[], does: FoundAction): PaletteItem[] {
  return found.map((one) => ({ key: `${one.instance_id} ${one.secret.metadata.id}`, found: one, does }));
}

/** What can be done with one of them, besides opening its details. */
export function actionsOf(found: FoundSecret): PaletteItem[] {
  return verbs.map(([does]) => ({ key: does, found, does }));
}

export function labelOf(item: PaletteItem): string {
  if ('action' in item) return item.action.label;
  const { name } = item.found.secret.metadata;
  const verb = verbs.find(([does]) => does === item.does)?.[1];
  return verb ? `${verb}: ${name}` : name;
}

/** Why it cannot be done now. */
export function hindranceOf(item: PaletteItem): string | null {
  if ('action' in item) return null;
  const { view, rotate } = item.found.secret.availability;
  if (item.does === 'view') return view ?? null;
  return item.does === 'rotate' ? (rotate ?? null) : null;
}
