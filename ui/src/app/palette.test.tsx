import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActiveInstance, AppStatus, Settings } from '../ipc/bindings';
import { secret } from '../features/secrets/secret-fixture';
import { answerCalls, type Call } from '../ipc/testing';
import { App } from './app';

let status: AppStatus;
let calls: Call[];

const active = (name: string, id: string): ActiveInstance => ({
  id,
  name,
  kind: 'local',
  unlocked: true,
  recovery_confirmed: true,
  color: 1,
  remote: null,
  offline: null,
});

function row(name: string, id: string): AppStatus['instances'][number] {
  return {
    id,
    name,
    kind: 'local',
    color: 1,
    offline: null,
    location: 'This computer',
    status: 'locked',
    secrets: 7,
    attention: null,
    ask_for_key: false,
  };
}

beforeEach(() => {
  window.location.hash = '#resource-list';
  const settings: Settings = {
    theme: 'white',
    auto_lock_minutes: 10,
    clipboard_seconds: 30,
    reveal_seconds: 15,
    notify_overdue: true,
  };
  status = { instances: [row('Home', '1'), row('Work', '2')], active: active('Home', '1'), product_version: '0.1.0' };
  calls = answerCalls({
    app_status: () => status,
    get_settings: () => settings,
    touch: () => null,
    overdue_total: () => 0,
    search_everywhere: ({ text }: { text: string }) =>
      text === 'db' ? [{ instance_id: '1', instance_name: 'Home', color: 1, secret: secret('db') }] : [],
    open_instance: ({ id }: { id: string }) => {
      status = { ...status, active: active('Work', id) };
      return status.active;
    },
    load_list_state: () => null,
    load_saved_filters: () => [],
    list_labels: () => [],
    list_groups: () => [],
    get_api_access: () => ({ enabled: false, port: 8200, url: 'http://127.0.0.1:8200', serving: false, problem: null }),
    list_secrets: () => ({ items: [secret('db')], total_count: 1, offset: 0, limit: 50 }),
    get_secret: () => secret('db'),
    list_versions: () => [],
  });
});

async function openPalette() {
  render(<App />);
  await screen.findByRole('heading', { level: 1, name: 'Resource List' });
  const button = screen.getByRole('button', { name: 'Create vault' });
  button.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: /Search all instances/ });
  await waitFor(() => expect(document.activeElement).toBe(field));
  return button;
}

const sent = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);

describe('Ctrl+K', () => {
  it('opens the palette, and Escape gives the focus back', async () => {
    const button = await openPalette();
    const names = screen.getAllByRole('option').map(({ textContent }) => textContent);
    expect(names).toContain('Add secretAction');
    expect(names).toContain('Secrets enginesPage');
    expect(names).toContain('LockAction');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(button));
    expect(screen.queryByRole('combobox', { name: /Search all instances/ })).toBeNull();
  });

  it('switches the instance by its name', async () => {
    await openPalette();
    await userEvent.keyboard('switch work{Enter}');
    await waitFor(() => expect(screen.getByRole('group', { name: 'Active instance' }).textContent).toContain('Work'));
    expect(sent('open_instance')).toEqual([{ id: '2' }]);
  });

  it('opens the version history of a secret that was found', async () => {
    await openPalette();
    await userEvent.keyboard('version history db');
    await screen.findByText('Version history: db');
    await userEvent.keyboard('{Enter}');
    const panel = await screen.findByRole('dialog', { name: /Version history/ });
    expect(panel).toBeTruthy();
    expect(sent('get_secret')).toContainEqual({ id: 'id-db' });
  });

  it('leads to another dialog, and leaves an open one alone', async () => {
    await openPalette();
    await userEvent.keyboard('shortcuts{Enter}');
    const shortcuts = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(shortcuts).getByText('Ctrl+K')).toBeTruthy();
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(screen.queryByRole('combobox', { name: /Search all instances/ })).toBeNull();
  });
});
