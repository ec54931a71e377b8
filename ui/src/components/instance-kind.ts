import type { InstanceKind } from '../ipc/bindings';

/** What the kinds of instances are called. */
export const kindNames: Readonly<Record<InstanceKind, string>> = {
  local: 'Local vault',
  sample: 'Sample data',
};
