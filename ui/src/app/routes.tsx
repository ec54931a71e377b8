import { Api, Certificate, Folders, List, Password, Settings } from '@carbon/icons-react';
import { lazy, type ReactNode } from 'react';
import type { NavEntry } from '../features/frame/nav-entry';
import { OverdueBadge } from '../features/frame/overdue-badge';
import { askForSection } from '../features/settings/asked-section';
import type { ActiveInstance, AppStatus, InstanceRow } from '../ipc/bindings';
import { go, type RouteName } from './route';

const ResourceList = lazy(async () => ({
  default: (await import('../features/resource-list/resource-list')).ResourceList,
}));
const CreateVault = lazy(async () => ({ default: (await import('../features/vault/create-vault')).CreateVault }));
// nearly every start leads to this page: it is fetched while Rust is asked what there is
const secretsPage = import('../features/secrets/secrets-page');
const SecretsPage = lazy(async () => ({ default: (await secretsPage).SecretsPage }));
const SecretGroupsPage = lazy(async () => ({
  default: (await import('../features/secret-groups/secret-groups-page')).SecretGroupsPage,
}));
const SecretsEnginesPage = lazy(async () => ({
  default: (await import('../features/secrets-engines/secrets-engines-page')).SecretsEnginesPage,
}));
const EndpointsPage = lazy(async () => ({ default: (await import('../features/endpoints/endpoints-page')).EndpointsPage }));
const RemoteEndpoints = lazy(async () => ({
  default: (await import('../features/endpoints/remote-endpoints')).RemoteEndpoints,
}));
const SettingsPage = lazy(async () => ({ default: (await import('../features/settings/settings-page')).SettingsPage }));

/** What a page asks the frame for. */
export type Wishes = {
  onNewRecoveryCode: () => void;
  onConnect: () => void;
  onGiveKey: (instance: InstanceRow) => void;
};

/** A page of the program as a whole. */
type GlobalRoute = {
  name: RouteName;
  title: string;
  inMenu: boolean;
  icon: NavEntry['icon'];
  page: (window: { status: AppStatus } & Wishes) => ReactNode;
};

/** A page within an instance that is open. */
type InstanceRoute = NavEntry & {
  name: RouteName;
  page: (instance: { active: ActiveInstance } & Wishes) => ReactNode;
};

/** The pages. Header menu and side navigation are drawn from these two tables. */
export const globalRoutes: readonly GlobalRoute[] = [
  {
    name: 'resource-list',
    title: 'Resource List',
    inMenu: true,
    icon: List,
    page: ({ status, onConnect, onGiveKey }) => (
      <ResourceList
        instances={status.instances}
        onCreate={() => go('create-vault')}
        onConnect={onConnect}
        onGiveKey={onGiveKey}
        onOpened={() => go('secrets')}
      />
    ),
  },
  {
    name: 'create-vault',
    title: 'Create a vault',
    inMenu: false,
    icon: List,
    page: () => <CreateVault onDone={() => go('secrets')} onCancel={() => go('resource-list')} />,
  },
];

export const instanceRoutes: readonly InstanceRoute[] = [
  {
    name: 'secrets',
    title: 'Secrets',
    icon: Password,
    badge: OverdueBadge,
    page: ({ active, onNewRecoveryCode }) => (
      <div className="kt-page">
        <SecretsPage recoveryConfirmed={active.recovery_confirmed} onFinishRecovery={onNewRecoveryCode} />
      </div>
    ),
  },
  {
    name: 'secret-groups',
    title: 'Secret groups',
    icon: Folders,
    page: ({ active, onNewRecoveryCode }) => (
      <SecretGroupsPage
        recoveryConfirmed={active.recovery_confirmed}
        onFinishRecovery={onNewRecoveryCode}
        onShowSecrets={() => go('secrets')}
      />
    ),
  },
  {
    name: 'secrets-engines',
    title: 'Secrets engines',
    icon: Certificate,
    page: ({ active, onNewRecoveryCode }) => (
      <SecretsEnginesPage recoveryConfirmed={active.recovery_confirmed} onFinishRecovery={onNewRecoveryCode} />
    ),
  },
  {
    name: 'endpoints',
    title: 'Endpoints',
    icon: Api,
    page: ({ active }) =>
      active.remote ? (
        <RemoteEndpoints remote={active.remote} />
      ) : (
        <EndpointsPage instanceId={active.id} onApiSettings={goToApiSettings} />
      ),
  },
  {
    name: 'settings',
    title: 'Settings',
    icon: Settings,
    page: ({ active, onNewRecoveryCode }) => (
      <SettingsPage instance={active} onNewRecoveryCode={onNewRecoveryCode} />
    ),
  },
];

export const menuEntries: readonly NavEntry[] = globalRoutes.filter(({ inMenu }) => inMenu);

function goToApiSettings(): void {
  askForSection('api-access');
  go('settings');
}
