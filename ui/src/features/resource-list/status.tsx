import { CheckmarkFilled, CloudOffline, Locked, Password, Unlink, WarningAltFilled } from '@carbon/icons-react';
import { relativeTime } from '../../components/relative-time';
import { useTick } from '../../components/use-tick';
import type { InstanceRow } from '../../ipc/bindings';

const statuses = {
  active: { word: 'Active', icon: CheckmarkFilled },
  locked: { word: 'Locked', icon: Locked },
  unavailable: { word: 'Unavailable', icon: WarningAltFilled },
  closed: { word: 'Not connected', icon: Unlink },
  key_needed: { word: 'API key needed', icon: Password },
  offline: { word: 'Offline', icon: CloudOffline },
  key_refused: { word: 'Key refused', icon: WarningAltFilled },
} as const;

/** Whether an instance can be worked with: an icon and words; offline, how old what is shown is. */
export function Status({ instance }: { instance: Pick<InstanceRow, 'status' | 'offline'> }) {
  useTick();
  const { status, offline } = instance;
  const { word, icon: Icon } = statuses[status];
  const seen = status === 'offline' ? offline?.seen_at : null;
  return (
    <span className={`kt-status kt-status--${status}`}>
      <Icon aria-hidden="true" />
      {seen ? `${word}, seen ${relativeTime(new Date(seen), new Date())}` : word}
    </span>
  );
}
