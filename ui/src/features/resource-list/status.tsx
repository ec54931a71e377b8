import { CheckmarkFilled, Locked, WarningAltFilled } from '@carbon/icons-react';
import type { InstanceStatus } from '../../ipc/bindings';

const statuses = {
  active: { word: 'Active', icon: CheckmarkFilled },
  locked: { word: 'Locked', icon: Locked },
  unavailable: { word: 'Unavailable', icon: WarningAltFilled },
} as const;

/** Whether an instance can be worked with: an icon and a word. */
export function Status({ status }: { status: InstanceStatus }) {
  const { word, icon: Icon } = statuses[status];
  return (
    <span className={`kt-status kt-status--${status}`}>
      <Icon aria-hidden="true" />
      {word}
    </span>
  );
}
