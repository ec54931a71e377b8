import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { InstanceRow, Problem } from '../../ipc/bindings';
import { answerCalls, refuse } from '../../ipc/testing';
import { ResourceList } from './resource-list';

const instances: InstanceRow[] = [
  { id: '1', name: 'Production', kind: 'local', location: 'This computer', status: 'active', secrets: 1248, attention: null, color: 0 },
  { id: '2', name: 'Old', kind: 'local', location: 'This computer', status: 'unavailable', secrets: null, attention: 'Written by a newer Keyturn.', color: 1 },
];
const newer: Problem = { code: 'newer_format', message: 'Written by a newer Keyturn.', remedy: 'Update Keyturn.' };

function show(rows = instances) {
  const onOpened = vi.fn();
  const calls = answerCalls({
    app_status: () => ({ instances: rows, active: null, product_version: '0.1.0' }),
    open_instance: ({ id }: { id: string }) => (id === '1' ? {} : refuse(newer)),
    rename_instance: () => null,
    remove_instance: () => null,
  });
  renderScreen(
    <main tabIndex={-1}>
      <ResourceList instances={rows} onCreate={() => undefined} onOpened={onOpened} />
    </main>,
  );
  return { onOpened, argsOf: (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args) };
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

  it('offers sample data until there is some', () => {
    show([{ ...instances[0], kind: 'sample' } as InstanceRow]);
    expect(screen.queryByRole('button', { name: 'Look around with sample data' })).toBeNull();
  });
});
