import type { Page, RotationOutlook, SecretView, VersionView } from '../../ipc/bindings';

/** A secret as Rust hands it out, for unit tests. */
export function secret(name = 'db-password', over: Partial<SecretView> = {}): SecretView {
  return {
    metadata: {
      id: `id-${name}`,
      name,
      secret_group_id: 'default',
      labels: ['prod'],
      state: 1,
      state_description: 'active',
      crn: `crn:v1:keyturn:public:secrets-manager:local:a/local:1:secret:id-${name}`,
      created_by: 'local:jo',
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      retrieved_at: '1970-01-01T00:00:00Z',
      downloaded: false,
      locks_total: 0,
      versions_total: 3,
      custom_metadata: { ticket: 'OPS-7' },
      secret_type: 'arbitrary',
    },
    revision: 'r1',
    rotated_at: '2026-01-02T03:04:05Z',
    binary: false,
    availability: {},
    rotates_alone: false,
    held_by_locks: false,
    ...over,
  };
}

export function version(number: number, over: Partial<VersionView> = {}): VersionView {
  return {
    metadata: {
      id: `version-${number}`,
      auto_rotated: false,
      created_by: 'local:jo',
      created_at: '2026-01-02T03:04:05Z',
      downloaded: false,
      payload_available: true,
      secret_id: 'id-db-password',
      secret_name: 'db-password',
      secret_type: 'arbitrary',
      secret_group_id: 'default',
    },
    revision: `r-${number}`,
    number,
    binary: false,
    size: 40,
    restored_from: null,
    locks_total: 0,
    revoke_hindrance: null,
    ...over,
  };
}

export function outlook(over: Partial<RotationOutlook> = {}): RotationOutlook {
  return {
    secret: secret(),
    effect: 'Replaces the value at once.',
    fate: 'Version 3 becomes the previous one.',
    next_number: 4,
    blocking_locks: [],
    blocking_total: 0,
    ...over,
  };
}

export function page(items: SecretView[]): Page<SecretView> {
  return { items, total_count: items.length, offset: 0, limit: 25 };
}
