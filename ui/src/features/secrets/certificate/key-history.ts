import type { VersionView } from '../../../ipc/bindings';

/** Whether a version has the key of the one before it; `null` where there is none to compare with. */
export function keyChange({ key }: VersionView, older: VersionView | undefined): string | null {
  if (!key || !older?.key) return null;
  return key.id === older.key.id ? `Same key as version ${older.number}` : 'New key';
}
