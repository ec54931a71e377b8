import type { ApiAccess, ApiKey } from './bindings';

/** The API of a vault for tests: off, at its usual port. */
export function apiAccess(part: Partial<ApiAccess> = {}): ApiAccess {
  return { enabled: false, port: 8200, url: 'http://127.0.0.1:8200', serving: false, problem: null, ...part };
}

/** A key for the whole instance that was never used and never ends. */
export function apiKey(name: string, part: Partial<ApiKey> = {}): ApiKey {
  return {
    id: `id-${name}`,
    name,
    role: 'Reader',
    created_at: '2026-11-20T10:00:00Z',
    created_by: 'local:dana',
    expired: false,
    ...part,
  };
}
