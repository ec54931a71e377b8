import type { ReactNode } from 'react';
import { UnlockPage } from '../features/vault/unlock-page';
import { Welcome } from '../features/vault/welcome';
import type { AppStatus } from '../ipc/bindings';
import { go, hrefOf, type RouteName } from './route';
import { globalRoutes, instanceRoutes, type Wishes } from './routes';

/** What the window shows, and whether that is inside the active instance. */
export type View = { key: string; title: string; inside: boolean; page: ReactNode };

/**
 * From what is there and what is asked for to what is shown: without an instance the welcome, without
 * an active one the list of them, before a locked one its door.
 */
export function viewOf(status: AppStatus, asked: RouteName, wishes: Wishes): View {
  const { instances, active } = status;
  if (instances.length === 0 && asked !== 'create-vault') {
    const page = (
      <Welcome onCreate={() => go('create-vault')} onConnect={wishes.onConnect} onOpened={() => go('secrets')} />
    );
    return { key: 'welcome', title: 'Welcome', inside: false, page };
  }

  const inside = instanceRoutes.find(({ name }) => name === asked);
  if (!inside || !active) {
    const name = inside ? 'resource-list' : asked;
    const route = globalRoutes.find((other) => other.name === name);
    return { key: name, title: route?.title ?? '', inside: false, page: route?.page({ status, ...wishes }) };
  }
  if (!active.unlocked) {
    const page = <UnlockPage key={active.id} instance={active} listHref={hrefOf('resource-list')} />;
    return { key: `unlock ${active.id}`, title: 'Unlock', inside: false, page };
  }
  const page = inside.page({ active, ...wishes });
  return { key: `${asked} ${active.id}`, title: inside.title, inside: true, page };
}
