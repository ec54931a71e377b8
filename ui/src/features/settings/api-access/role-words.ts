import type { ApiKey, Role } from '../../../ipc/bindings';
import { groupName, type GroupNames } from '../../../ipc/groups';

/** The roles of Secrets Manager, the least first, with what each lets a program do. */
export const roles: readonly { role: Role; does: string }[] = [
  { role: 'Reader', does: 'Lists secrets, groups and locks and reads their metadata, never a value.' },
  { role: 'SecretsReader', does: 'Also reads values.' },
  { role: 'Writer', does: 'Also adds, rotates and edits secrets, and locks versions.' },
  { role: 'Manager', does: 'Also deletes, unlocks, and manages secret groups and secrets engines.' },
];

/** Where a key has its role. */
export function whereWords({ groups }: Pick<ApiKey, 'groups'>, names: GroupNames | undefined): string {
  if (!groups) return 'Whole instance';
  const called = groups.map((id) => groupName(names, id));
  return called.sort((one, other) => one.localeCompare(other)).join(', ');
}
