import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { events } from '../../../ipc/bindings';
import { secret } from '../secret-fixture';
import { box, showSecrets, ticked, type Vault } from '../secrets-page-fixture';

let vault: Vault;

beforeEach(() => {
  vault = { rows: ['api', 'build', 'cache', 'deploy'].map((name) => secret(name)), filters: [] };
});

const selectAll = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all on this page' });
const summary = () => within(screen.getByRole('group', { name: 'Selected secrets' })).getByText(/selected/).textContent;
const click = async (name: string) => userEvent.click(await box(name));

describe('selecting secrets', () => {
  it('puts the batch bar in the place of the actions, and Cancel takes it away again', async () => {
    showSecrets(vault);
    await click('build');
    expect(summary()).toBe('1 item selected');
    expect(screen.queryByRole('button', { name: 'Add' })).toBeNull();
    expect(screen.getByRole('searchbox', { name: 'Search secrets' })).toBeTruthy();
    await click('api');
    expect(summary()).toBe('2 items selected');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(ticked()).toEqual([]);
    expect(screen.getByRole('button', { name: 'Add' })).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await box('api')));
  });

  it('selects a range by Shift and a click', async () => {
    showSecrets(vault);
    await click('build');
    const user = userEvent.setup();
    await user.keyboard('{Shift>}');
    await user.click(await box('deploy'));
    await user.keyboard('{/Shift}');
    expect(ticked()).toEqual(['build', 'cache', 'deploy']);
  });

  it('selects by keyboard: arrows, Space, Shift+Space', async () => {
    showSecrets(vault);
    (await box('api')).focus();
    await userEvent.keyboard(' {ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(await box('cache'));
    await userEvent.keyboard('{Shift>} {/Shift}');
    expect(ticked()).toEqual(['api', 'build', 'cache']);
    await userEvent.keyboard('{ArrowUp} ');
    expect(ticked()).toEqual(['api', 'cache']);
  });

  it('selects all on this page, and says so when it is a part', async () => {
    showSecrets(vault);
    await click('build');
    expect(selectAll().indeterminate).toBe(true);
    await userEvent.click(selectAll());
    expect(ticked()).toHaveLength(4);
    expect(selectAll().checked).toBe(true);
    expect(selectAll().indeterminate).toBe(false);
    await userEvent.click(selectAll());
    expect(ticked()).toEqual([]);
    expect(selectAll().checked).toBe(false);
  });

  it('keeps the selection over pages, searches and orders', async () => {
    vault.rows = Array.from({ length: 26 }, (_, index) => secret(`s${String(index + 10)}`));
    showSecrets(vault);
    await click('s10');
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await click('s35');
    expect(summary()).toBe('2 items selected, 1 on this page');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search secrets' }), 's20');
    await box('s20');
    await waitFor(() => expect(summary()).toBe('2 items selected, none on this page'));
    expect(selectAll().indeterminate).toBe(false);
    await userEvent.clear(screen.getByRole('searchbox', { name: 'Search secrets' }));
    await userEvent.click(screen.getByRole('button', { name: /Last rotated/ }));
    await box('s10');
    expect(ticked()).toEqual(['s10']);
  });

  it('drops secrets that are gone, also those that are not shown', async () => {
    showSecrets(vault);
    await click('api');
    await click('build');
    await click('deploy');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search secrets' }), 'deploy');
    await waitFor(() => expect(summary()).toBe('3 items selected, 1 on this page'));
    vault.rows = vault.rows.filter(({ metadata }) => metadata.name !== 'api');
    await act(() => events.instanceChanged.emit({}));
    await waitFor(() => expect(summary()).toBe('2 items selected, 1 on this page'));
    vault.rows = vault.rows.filter(({ metadata }) => metadata.name !== 'deploy');
    await act(() => events.instanceChanged.emit({}));
    await waitFor(() => expect(summary()).toBe('1 item selected, none on this page'));
  });

  it('has the boxes whatever columns are chosen, and is no column itself', async () => {
    showSecrets(vault);
    await box('api');
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    for (const column of ['Type', 'Status', 'Expires']) {
      await userEvent.click(screen.getByRole('checkbox', { name: column }));
    }
    expect(screen.queryByRole('columnheader', { name: 'Type' })).toBeNull();
    const [row] = screen.getAllByRole<HTMLTableRowElement>('row').slice(1);
    const heads = screen.getAllByRole('columnheader');
    expect(row?.cells).toHaveLength(heads.length);
    await click('build');
    expect(ticked()).toEqual(['build']);
  });
});
