import { useQueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import { isRemote } from '../components/instance-kind';
import { useToasts } from '../components/toasts';
import type { FoundAction, PaletteAction } from '../features/palette/palette-items';
import { askForDialog } from '../features/secrets/asked-dialog';
import { commands, type AppStatus, type FoundSecret, type InstanceRow } from '../ipc/bindings';
import { switchInstance } from '../ipc/instances';
import { toProblem } from '../ipc/problem';
import type { FrameDialog } from './dialogs';
import { go } from './route';
import { globalRoutes, instanceRoutes } from './routes';

const PaletteDialog = lazy(async () => ({
  default: (await import('../features/palette/palette-dialog')).PaletteDialog,
}));

type PaletteProps = {
  status: AppStatus;
  onLock: (() => void) | undefined;
  onDialog: (dialog: FrameDialog) => void;
  onClose: () => void;
};

/** The palette, with all that the frame can do. */
export function Palette({ status, onLock, onDialog, onClose }: PaletteProps) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { active, instances } = status;
  const unlocked = active?.unlocked === true;

  async function open(instance: InstanceRow): Promise<boolean> {
    try {
      await commands.openInstance(instance.id);
    } catch (refusal) {
      const { code, message, remedy } = toProblem(refusal);
      if (isRemote(instance.kind) && code === 'keyring_no_entry') onDialog({ kind: 'key', instance });
      else showToast({ title: message, subtitle: remedy ?? '', kind: 'warning' });
      return false;
    }
    await switchInstance(client);
    go('secrets');
    return true;
  }

  async function show({ instance_id: instanceId, secret }: FoundSecret, does: FoundAction): Promise<void> {
    const instance = instances.find(({ id }) => id === instanceId);
    if (instanceId !== active?.id && !(instance && (await open(instance)))) return;
    askForDialog({ action: does, secretId: secret.metadata.id, instanceId });
    go('secrets');
  }

  function add(): void {
    askForDialog({ action: 'add' });
    go('secrets');
  }

  const action = (label: string, run: () => void): PaletteAction => ({ key: label, label, kind: 'Action', run });
  const page = ({ name, title }: (typeof globalRoutes)[number] | (typeof instanceRoutes)[number]): PaletteAction => ({
    key: `page ${name}`,
    label: title,
    kind: 'Page',
    run: () => go(name),
  });
  const others = instances.filter(({ id }) => id !== active?.id);
  const actions: PaletteAction[] = [
    ...(unlocked ? [action('Add secret', add), ...instanceRoutes.map(page)] : []),
    ...globalRoutes.filter(({ name }) => name !== 'resource-list' || instances.length > 0).map(page),
    action('Connect to an instance', () => onDialog({ kind: 'connect' })),
    ...(onLock ? [action('Lock', onLock)] : []),
    action('Keyboard shortcuts', () => onDialog({ kind: 'shortcuts' })),
    ...others.map(
      (instance): PaletteAction => ({
        key: `open ${instance.id}`,
        label: `Switch to ${instance.name}`,
        kind: 'Instance',
        run: () => void open(instance),
      }),
    ),
  ];
  const locked = instances.filter(({ kind, status }) => !isRemote(kind) && status !== 'active').map(({ name }) => name);
  return (
    <PaletteDialog
      actions={actions}
      locked={locked}
      onFound={(found, does) => void show(found, does)}
      onClose={onClose}
    />
  );
}
