import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { InstanceRow, Problem } from '../../ipc/bindings';
import { answerCalls, refuse } from '../../ipc/testing';
import { ResourceList } from './resource-list';

const instances: InstanceRow[] = [
  { id: '1', name: 'Production', kind: 'local', location: 'This computer', status: 'active', secrets: 1248, attention: null, color: 0, offline: null, ask_for_key: false },
  { id: '2', name: 'Old', kind: 'local', location: 'This computer', status: 'unavailable', secrets: null, attention: 'Written by a newer Keyturn.', color: 1, offline: null, ask_for_key: false },
];
const remote: InstanceRow = {
  id: '3',
  name: 'Cloud',
  kind: 'ibm_cloud',
  location: 'i.eu-de.secrets-manager.appdomain.cloud',
  status: 'active',
  secrets: 12,
  attention: null,
  color: 2,
  offline: null,
  ask_for_key: false,
};
const noKey: Problem = { code: 'keyring_no_entry', message: 'The keyring has no API key for this instance.' };
const newer: Problem = { code: 'newer_format', message: 'Written by a newer Keyturn.', remedy: 'Update Keyturn.' };

function show(rows = instances) {
  const [onOpened, onConnect, onGiveKey] = [vi.fn(), vi.fn(), vi.fn()];
  const calls = answerCalls({
    app_status: () => ({ instances: rows, active: null, product_version: '0.1.0' }),
    open_instance: ({ id }: { id: string }) => (id === '1' ? {} : refuse(id === '3' ? noKey : newer)),
    rename_instance: () => null,
    remove_instance: () => null,
    set_instance_color: () => null,
  });
  renderScreen(
    <main tabIndex={-1}>
      <ResourceList
        instances={rows}
        onCreate={() => undefined}
        onConnect={onConnect}
        onGiveKey={onGiveKey}
        onOpened={onOpened}
      />
    </main>,
  );
  return { onOpened, onConnect, onGiveKey, argsOf: (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args) };
}

async function act(name: string, action: string) {
  await userEvent.click(screen.getByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('ResourceList', () => {
  it('says state by word, and opens by name', async () => {
    const { onOpened } = show();
    const row = screen.getByRole('row', { name: /Production/ });
    expect(row.textContent).toContain('Active');
    expect(row.textContent).toContain('1,248');
    await userEvent.click(screen.getByRole('button', { name: 'Production' }));
    await waitFor(() => expect(onOpened).toHaveBeenCalledOnce());
  });

  it('says why an instance does not open', async () => {
    const { onOpened } = show();
    await act('Old', 'Open');
    expect((await screen.findByRole('alert')).textContent).toContain(newer.remedy);
    expect(onOpened).not.toHaveBeenCalled();
  });

  it('removes only what was named', async () => {
    const { argsOf } = show();
    await act('Production', 'Remove');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('deleted from this computer for good');
    await userEvent.keyboard('production{Enter}');
    expect(argsOf('remove_instance')).toEqual([]);
    await userEvent.clear(within(dialog).getByRole('textbox'));
    await userEvent.keyboard('Production{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(argsOf('remove_instance')).toEqual([{ id: '1', typedName: 'Production' }]);
  });

  it('renames, and gives the focus back to the row', async () => {
    const { argsOf } = show();
    await act('Old', 'Rename');
    await screen.findByRole('dialog');
    await userEvent.keyboard('Older{Enter}');
    await waitFor(() => expect(argsOf('rename_instance')).toEqual([{ id: '2', name: 'Older' }]));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for Old' })),
    );
  });

  it('shows a remote instance by kind, host and state, also how old what is shown is', () => {
    const seen_at = new Date(Date.now() - 5 * 60_000).toISOString();
    const offline = { since: seen_at, seen_at, problem: { code: 'io', message: 'No answer.' } as const };
    show([remote, { ...remote, id: '4', status: 'offline', offline }, { ...remote, id: '5', status: 'key_refused' }]);
    const [, online, away, refused] = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(online).toContain('IBM Cloudi.eu-de.secrets-manager.appdomain.cloudActive12');
    expect(away).toContain('Offline, seen 5 minutes ago');
    expect(refused).toContain('Key refused');
  });

  it('connects, and asks for a key that is missing', async () => {
    const { onConnect, onGiveKey, onOpened } = show([remote]);
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }));
    expect(onConnect).toHaveBeenCalledOnce();
    await act('Cloud', 'Open');
    await waitFor(() => expect(onGiveKey).toHaveBeenCalledWith(remote));
    expect(onOpened).not.toHaveBeenCalled();
    await act('Cloud', 'Replace API key');
    expect(onGiveKey).toHaveBeenCalledTimes(2);
  });

  it('removes a remote instance from this computer alone', async () => {
    const { argsOf } = show([remote]);
    await act('Cloud', 'Remove');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Nothing is changed or deleted at i.eu-de');
    await userEvent.click(within(dialog).getByRole('button', { name: /Remove/ }));
    await waitFor(() => expect(argsOf('remove_instance')).toEqual([{ id: '3', typedName: 'Cloud' }]));
  });

  it('changes the colour', async () => {
    const { argsOf } = show();
    await act('Production', 'Change colour');
    await userEvent.click(await screen.findByLabelText(/Red/));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(argsOf('set_instance_color')).toEqual([{ id: '1', color: 6 }]));
  });

  it('offers sample data until there is some', () => {
    show([{ ...instances[0], kind: 'sample' } as InstanceRow]);
    expect(screen.queryByRole('button', { name: 'Look around with sample data' })).toBeNull();
  });
});
