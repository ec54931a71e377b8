import type { InstanceKind } from '../ipc/bindings';

/** What the kinds of instances are called. */
export const kindNames: Readonly<Record<InstanceKind, string>> = {
  local: 'Local vault',
  sample: 'Sample data',
  ibm_cloud: 'IBM Cloud',
  keyturn_server: 'Keyturn server',
  other_server: 'Other server',
};

/** Whether an instance is on another computer. */
export function isRemote(kind: InstanceKind): boolean {
  return kind !== 'local' && kind !== 'sample';
}
