import type { SecretGroupView } from './bindings';

/** A secret group as Rust hands it out, for unit tests. */
export function group(name: string, over: Partial<SecretGroupView> = {}): SecretGroupView {
  return {
    group: {
      id: `id-${name}`,
      name,
      description: '',
      created_at: '2026-01-02T03:04:05Z',
      created_by: 'local:jo',
      updated_at: '2026-01-02T03:04:05Z',
    },
    secrets_total: 0,
    ...over,
  };
}

const stays = 'Every instance has the group default; it stays as it is.';

/** The group that every instance has. */
export function theDefault(secrets_total = 0): SecretGroupView {
  const { group: made } = group('default');
  return {
    group: { ...made, id: 'default', created_at: '1970-01-01T00:00:00Z' },
    secrets_total,
    edit_hindrance: stays,
    delete_hindrance: stays,
  };
}
