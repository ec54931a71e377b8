import { Suspense, lazy } from 'react';
import { go } from './route';

const RecoveryDialog = lazy(async () => ({
  default: (await import('../features/vault/recovery-dialog')).RecoveryDialog,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../features/frame/shortcuts-dialog')).ShortcutsDialog,
}));
const ConnectDialog = lazy(async () => ({
  default: (await import('../features/connect/connect-dialog')).ConnectDialog,
}));
const ReplaceKeyDialog = lazy(async () => ({
  default: (await import('../features/connect/replace-key-dialog')).ReplaceKeyDialog,
}));

/** What can lie over any page. */
export type FrameDialog =
  | { kind: 'shortcuts' | 'recovery' | 'connect' | 'palette' }
  | { kind: 'key'; instance: { id: string; name: string; ask_for_key: boolean } };

/** The dialog of the frame that is open, if one is. */
export function FrameDialogs({ opened, onClose }: { opened: FrameDialog | null; onClose: () => void }) {
  const onOpened = () => go('secrets');
  return (
    <Suspense>
      {opened?.kind === 'shortcuts' && <ShortcutsDialog onClose={onClose} />}
      {opened?.kind === 'recovery' && <RecoveryDialog onClose={onClose} />}
      {opened?.kind === 'connect' && <ConnectDialog onClose={onClose} onOpened={onOpened} />}
      {opened?.kind === 'key' && (
        <ReplaceKeyDialog instance={opened.instance} onClose={onClose} onOpened={onOpened} />
      )}
    </Suspense>
  );
}
