import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import type { ListState, NewSecretGroup, Problem, SecretGroupPatch, SecretGroupView } from '../../ipc/bindings';
import { group, theDefault } from '../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { SecretGroupsPage } from './secret-groups-page';

const inside = 'The group holds 2 secrets: api-token, db-password.';
const taken: Problem = {
  code: 'name_taken',
  message: 'A secret group with the same name already exists: payments',
  target: { type: 'field', name: 'name' },
  remedy: 'Choose another name.',
};

let groups: SecretGroupView[];
let refusal: Problem | null;
let kept: ListState | null;
let calls: Call[];
const onFinishRecovery = vi.fn();
const onShowSecrets = vi.fn();

beforeEach(() => {
  groups = [theDefault(7), group('empty'), group('payments', { secrets_total: 2, delete_hindrance: inside })];
  refusal = null;
  kept = null;
  onFinishRecovery.mockClear();
  onShowSecrets.mockClear();
  calls = answerCalls({
    list_groups: () => (refusal?.code === 'io' ? refuse(refusal) : groups),
    create_group: ({ group: { name, description } }: { group: NewSecretGroup }) => {
      if (refusal) refuse(refusal);
      const made = group(name);
      made.group.description = description ?? '';
      groups = [...groups, made];
      return made;
    },
    edit_group: ({ id, patch }: { id: string; patch: SecretGroupPatch }) => {
      if (refusal) refuse(refusal);
      groups = groups.map((view) =>
        view.group.id === id ? { ...view, group: { ...view.group, name: patch.name ?? view.group.name } } : view,
      );
      return groups.find((view) => view.group.id === id);
    },
    delete_group: ({ id }: { id: string }) => {
      if (refusal) refuse(refusal);
      groups = groups.filter((view) => view.group.id !== id);
      return null;
    },
    load_list_state: () => kept,
    save_list_state: ({ state }: { state: ListState }) => {
      if (refusal) refuse(refusal);
      kept = state;
      return null;
    },
  });
});

function show(recoveryConfirmed = true) {
  return renderScreen(
    <ToastHost>
      <main tabIndex={-1}>
        <SecretGroupsPage
          recoveryConfirmed={recoveryConfirmed}
          onFinishRecovery={onFinishRecovery}
          onShowSecrets={onShowSecrets}
        />
      </main>
    </ToastHost>,
  );
}
const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const row = (name: RegExp) => screen.findByRole('row', { name });
const actionsFor = (name: string) => screen.getByRole('button', { name: `Actions for ${name}` });

async function act(name: string, action: string) {
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}
async function create() {
  await row(/^default/);
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  return screen.findByRole('dialog', { name: 'Create a secret group' });
}

describe('SecretGroupsPage', () => {
  it('shows the groups with what is in them', async () => {
    show();
    const first = await row(/^default/);
    // nobody made it, so nobody knows when
    expect(within(first).getAllByRole('cell').map(({ textContent }) => textContent).slice(0, 4)).toEqual([
      'default',
      '—',
      '7',
      '—',
    ]);
    expect((await row(/^payments/)).textContent).toContain('Jan 2, 2026');
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(screen.queryByText('Only the group default so far')).toBeNull();
  });

  it('says what groups are for as long as there is only the first', async () => {
    groups = [theDefault()];
    show();
    expect(await screen.findByRole('heading', { level: 2, name: 'Only the group default so far' })).toBeTruthy();
    expect((await row(/^default/)).textContent).toContain('default');
  });

  it('creates a group, and says at the field what is wrong with it', async () => {
    refusal = taken;
    show();
    const dialog = await create();
    const name = within(dialog).getByLabelText('Name');
    expect(document.activeElement).toBe(name);
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Create' }).disabled).toBe(true);
    await userEvent.keyboard('payments{Enter}');
    expect((await within(dialog).findByText(/already exists: payments/)).textContent).toContain('Choose another name.');
    await waitFor(() => expect(document.activeElement).toBe(name));
    const message = document.getElementById(name.getAttribute('aria-describedby') ?? '');
    expect(message?.textContent).toContain('Choose another name.');
    expect(dialog.querySelector('.kt-problem')).toBeNull();

    refusal = null;
    await userEvent.clear(name);
    await userEvent.type(name, 'billing');
    await userEvent.type(within(dialog).getByLabelText('Description (optional)'), 'Invoices');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    await screen.findByText('Created billing');
    expect(argsOf('create_group').at(-1)).toEqual({ group: { name: 'billing', description: 'Invoices' } });
    expect((await row(/^billing/)).textContent).toContain('Invoices');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create' })));
  });

  it('shows at the description what Rust says about it, and elsewhere what is about no field', async () => {
    refusal = { code: 'bad_request', message: 'Too long.', target: { type: 'field', name: 'description' } };
    show();
    const dialog = await create();
    await userEvent.keyboard('billing{Enter}');
    await within(dialog).findByText('Too long.');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Description (optional)')));
    refusal = { code: 'limit_reached', message: 'An instance has at most 200 secret groups.' };
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    await within(dialog).findByText(/at most 200/);
    expect(within(dialog).queryByText('Too long.')).toBeNull();
  });

  it('sends no half characters', async () => {
    show();
    const dialog = await create();
    await userEvent.click(within(dialog).getByLabelText('Name'));
    await userEvent.paste('a\ud800');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    await within(dialog).findByText(/broken character/);
    expect(argsOf('create_group')).toEqual([]);
  });

  it('asks before it drops what was typed', async () => {
    show();
    const dialog = await create();
    await userEvent.keyboard('billing{Escape}');
    await within(dialog).findByText('Changes are not saved.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Drop changes' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create' })));
    await create();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(argsOf('create_group')).toEqual([]);
  });

  it('saves only what changed, and gives the focus back to the row', async () => {
    show();
    await act('empty', 'Edit');
    const dialog = await screen.findByRole('dialog', { name: 'Edit empty' });
    const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    await userEvent.type(within(dialog).getByLabelText('Name'), '-2');
    await userEvent.click(save);
    await screen.findByText('Saved empty-2');
    expect(argsOf('edit_group')).toEqual([{ id: 'id-empty', patch: { name: 'empty-2' } }]);
    await waitFor(() => expect(document.activeElement).toBe(actionsFor('empty-2')));

    await act('empty-2', 'Edit');
    await userEvent.type(await screen.findByLabelText('Description (optional)'), 'Spare');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(argsOf('edit_group').at(-1)).toEqual({ id: 'id-empty', patch: { description: 'Spare' } }),
    );
  });

  it('says why the first group stays as it is, and a full one cannot go', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for default' }));
    for (const name of ['Edit', 'Delete group']) {
      const item = screen.getByRole('menuitem', { name });
      expect(item.getAttribute('aria-disabled')).toBe('true');
      const reason = document.getElementById(item.getAttribute('aria-describedby') ?? '');
      expect(reason?.textContent).toBe('Every instance has the group default; it stays as it is.');
    }
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(actionsFor('default')));
    await userEvent.click(actionsFor('payments'));
    const item = screen.getByRole('menuitem', { name: 'Delete group' });
    expect(screen.getByText(inside)).toBeTruthy();
    item.focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(item);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('deletes an empty group after a word of warning', async () => {
    show();
    await act('empty', 'Delete group');
    const dialog = await screen.findByRole('dialog', { name: 'Delete group empty' });
    expect(dialog.textContent).toContain('No secret is in it');
    await userEvent.click(within(dialog).getByRole('button', { name: /Delete$/ }));
    await screen.findByText('Deleted empty');
    expect(argsOf('delete_group')).toEqual([{ id: 'id-empty' }]);
    expect(screen.queryByRole('row', { name: /^empty/ })).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create' })));
  });

  it('says what came into the group meanwhile, and deletes nothing', async () => {
    refusal = { code: 'not_empty', message: inside, remedy: 'Delete these secrets first. Nothing was changed.' };
    show();
    await act('empty', 'Delete group');
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /Delete$/ }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('api-token, db-password');
    expect(alert.textContent).toContain('Nothing was changed.');
    expect(screen.queryByText('Deleted empty')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(document.activeElement).toBe(actionsFor('empty')));
  });

  it('leads from the number to the secrets of the group', async () => {
    kept = { columns: ['name'], query: { search: 'db', limit: 100 } };
    show();
    await row(/^empty/);
    expect(screen.queryByRole('button', { name: /in empty/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '2 secrets in payments' }));
    await waitFor(() => expect(onShowSecrets).toHaveBeenCalledOnce());
    expect(kept).toEqual({ columns: ['name'], query: { sort: null, limit: 100, groups: ['id-payments'] } });
  });

  it('stays, and says why, where the list cannot be told', async () => {
    refusal = { code: 'disk_full', message: 'No space is left on the disk.' };
    show();
    await userEvent.click(await screen.findByRole('button', { name: '2 secrets in payments' }));
    expect((await screen.findByRole('alert')).textContent).toContain('No space is left');
    expect(onShowSecrets).not.toHaveBeenCalled();
  });

  it('offers a filter when there are more groups than one sees', async () => {
    groups = [theDefault(), ...Array.from({ length: 20 }, (_, index) => group(`team-${index}`))];
    show();
    const filter = await screen.findByRole('searchbox', { name: 'Filter groups' });
    await userEvent.type(filter, 'TEAM-19');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await userEvent.type(filter, 'x');
    await screen.findByText('No group matches');
    await userEvent.keyboard('{Escape}');
    expect(screen.getAllByRole('row')).toHaveLength(22);
  });

  it('copies an id as the text that is selected', async () => {
    let copied: string | undefined;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
    document.execCommand = () => ((copied = window.getSelection()?.toString()), true);
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Copy ID of payments' }));
    expect(copied).toBe('id-payments');
    await screen.findByRole('button', { name: 'ID of payments copied' });
  });

  it('leads to the recovery code as long as nothing can be saved', async () => {
    show(false);
    await row(/^default/);
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(onFinishRecovery).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why the groups cannot be read, and tries again', async () => {
    refusal = { code: 'io', message: 'The vault cannot be read.' };
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('The vault cannot be read.');
    refusal = null;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await row(/^payments/);
  });
});
