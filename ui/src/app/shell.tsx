import { Loading } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useDropRouting } from '../components/file-drops';
import { ProblemNotice } from '../components/problem-notice';
import { useAction } from '../components/use-action';
import { useOpened } from '../components/use-opened';
import { useOpener } from '../components/use-opener';
import { useSlow } from '../components/use-slow';
import { ActiveInstance } from '../features/frame/active-instance';
import { Header } from '../features/frame/header';
import { InstanceNav } from '../features/frame/instance-nav';
import { Menu } from '../features/frame/menu';
import { OfflineNotice } from '../features/frame/offline-notice';
import { RecoveryNotice } from '../features/frame/recovery-notice';
import { useOrderNews } from '../features/secrets/orders/use-order-news';
import { commands, type AppStatus } from '../ipc/bindings';
import { switchInstance } from '../ipc/instances';
import { useSaveSettings } from '../ipc/settings';
import { useActivity } from './activity';
import { FrameDialogs, type FrameDialog } from './dialogs';
import { ErrorBoundary } from './error-boundary';
import { Palette } from './palette';
import { go, hrefOf, useRoute } from './route';
import { instanceRoutes, menuEntries } from './routes';
import { useShortcuts } from './shortcuts';
import { viewOf } from './view';

type ShellProps = { status: AppStatus; theme: 'white' | 'g100' };

/** Header, navigation and the page that is shown. */
export function Shell({ status, theme }: ShellProps) {
  const client = useQueryClient();
  const route = useRoute();
  const [menuOpen, setMenuOpen] = useState(false);
  const dialog = useOpened<FrameDialog>();
  const opener = useOpener();
  const main = useRef<HTMLElement>(null);
  const settings = useSaveSettings();
  const { active } = status;
  const unlocked = active?.unlocked === true;

  const lock = useAction(async () => {
    // as a rule this page ends here, and a new one begins before the locked vault
    await commands.lockVault();
    await switchInstance(client);
  });
  function open(next: FrameDialog) {
    opener.remember();
    dialog.open(next);
  }
  function close() {
    if (dialog.close(dialog.opened)) opener.giveBack();
  }

  const onLock = unlocked ? () => void lock.run() : undefined;
  useActivity(unlocked);
  useDropRouting();
  useOrderNews(() => go('secrets'));
  useShortcuts({
    onList: () => open({ kind: 'shortcuts' }),
    onPalette: () => open({ kind: 'palette' }),
    onLock,
  });

  const onNewRecoveryCode = () => open({ kind: 'recovery' });
  const onReplaceKey = () => {
    const instance = status.instances.find(({ id }) => id === active?.id);
    if (instance) open({ kind: 'key', instance });
  };
  const view = viewOf(status, route, {
    onNewRecoveryCode,
    onConnect: () => open({ kind: 'connect' }),
    onGiveKey: (instance) => open({ kind: 'key', instance }),
  });
  usePageFocus(main, view.key, view.title);
  const unconfirmed = view.inside && active?.kind === 'local' && !active.recovery_confirmed;

  return (
    <>
      <Header
        menuOpen={menuOpen}
        onMenu={status.instances.length > 0 ? () => setMenuOpen(!menuOpen) : undefined}
        instance={active && <ActiveInstance instance={active} />}
        homeHref={hrefOf('resource-list')}
        dark={theme === 'g100'}
        onTheme={() => settings.mutate({ theme: theme === 'g100' ? 'white' : 'g100' })}
        onShortcuts={() => open({ kind: 'shortcuts' })}
        onLock={onLock}
        onSkip={() => main.current?.focus()}
      />
      {view.inside && <InstanceNav entries={instanceRoutes} current={route} />}
      {menuOpen && (
        <Menu
          entries={menuEntries}
          instanceEntries={unlocked ? instanceRoutes : []}
          current={route}
          onClose={() => setMenuOpen(false)}
        />
      )}
      <main
        ref={main}
        id="content"
        tabIndex={-1}
        className={view.inside ? 'kt-main kt-main--beside-nav' : 'kt-main'}
      >
        <ProblemNotice error={lock.error ?? settings.error} onClose={lock.error ? lock.clear : settings.reset} />
        {unconfirmed && <RecoveryNotice onFinish={onNewRecoveryCode} />}
        {view.inside && active?.offline && (
          <OfflineNotice name={active.name} offline={active.offline} onReplaceKey={onReplaceKey} />
        )}
        <ErrorBoundary key={view.key}>
          <Suspense fallback={<PageLoading />}>{view.page}</Suspense>
        </ErrorBoundary>
      </main>
      <FrameDialogs opened={dialog.opened} onClose={close} />
      <Suspense>
        {dialog.opened?.kind === 'palette' && (
          <Palette status={status} onLock={onLock} onDialog={dialog.open} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

/** A page that is new to the window gets the focus, unless one of its fields took it. */
function usePageFocus(main: React.RefObject<HTMLElement | null>, key: string, title: string): void {
  const before = useRef(key);
  useEffect(() => {
    document.title = title === '' ? 'Keyturn' : `${title} – Keyturn`;
    if (before.current === key) return;
    before.current = key;
    document.documentElement.scrollTop = 0;
    if (main.current?.contains(document.activeElement) !== true) main.current?.focus({ preventScroll: true });
  }, [main, key, title]);
}

function PageLoading() {
  const slow = useSlow(true);
  return slow ? <Loading withOverlay={false} description="Opening the page" /> : null;
}
