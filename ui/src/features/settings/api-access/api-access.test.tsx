import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { apiAccess, apiKey } from '../../../ipc/api-access-fixture';
import type { ApiAccess as Access, ApiAccessChange, ApiKey, NewApiKey, Problem } from '../../../ipc/bindings';
import { group, theDefault } from '../../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { ApiAccess } from './api-access';

const text = 'ktk_0123456789012345678901234567890123456789abc';

let access: Access;
let keys: ApiKey[];
let refusal: Problem | null;
let calls: Call[];
let finishing: number;

beforeEach(() => {
  access = apiAccess();
  keys = [];
  refusal = null;
  finishing = 0;
  calls = answerCalls({
    get_api_access: () => access,
    set_api_access: ({ change }: { change: ApiAccessChange }) => {
      if (refusal) refuse(refusal);
      const enabled = change.enabled ?? access.enabled;
      const port = change.port ?? access.port;
      return (access = apiAccess({ enabled, port, url: `http://127.0.0.1:${port}`, serving: enabled }));
    },
    list_api_keys: () => keys,
    list_groups: () => [theDefault(), group('payments')],
    create_api_key: ({ key: { name, role, groups = null, expires_at = null } }: { key: NewApiKey }) => {
      if (refusal) refuse(refusal);
      const key = apiKey(name, { role, groups, expires_at });
      keys = [...keys, key];
      return { key, text };
    },
    copy_api_key: () => ({ seconds: 30 }),
    forget_api_key: () => null,
    revoke_api_key: ({ id }: { id: string }) => {
      if (refusal) refuse(refusal);
      keys = keys.filter((key) => key.id !== id);
      return null;
    },
  });
});

function show(recoveryConfirmed = true) {
  return renderScreen(
    <main tabIndex={-1}>
      <ApiAccess recoveryConfirmed={recoveryConfirmed} onFinishRecovery={() => (finishing += 1)} />
    </main>,
  );
}

const argsOf = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);
const createButton = () => screen.findByRole('button', { name: 'Create API key' });

async function openCreate() {
  await userEvent.click(await createButton());
  return screen.findByRole('dialog', { name: 'Create API key' });
}

async function make(name: string) {
  const dialog = await openCreate();
  await userEvent.type(within(dialog).getByLabelText('Name'), `${name}{Enter}`);
  return screen.findByRole('dialog', { name: `API key ${name}` });
}

describe('the switch', () => {
  it('is off at first, and says where it is on', async () => {
    show();
    const toggle = await screen.findByRole('switch', { name: /HTTP API/ });
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    await userEvent.click(toggle);
    await screen.findByText('On at http://127.0.0.1:8200');
    expect(argsOf('set_api_access')).toEqual([{ change: { enabled: true } }]);
  });

  it('says why it could not start, and what to do', async () => {
    const message = 'Another program uses port 8200.';
    access = apiAccess({ enabled: true, problem: { code: 'io', message, remedy: 'Choose another port.' } });
    show();
    await screen.findByText('On, but it could not start');
    await screen.findByText(message);
    await screen.findByText('Choose another port.');
  });

  it('stays where it was when the vault refuses', async () => {
    refusal = { code: 'read_only', message: 'The vault cannot be written.' };
    show();
    const toggle = await screen.findByRole('switch', { name: /HTTP API/ });
    await userEvent.click(toggle);
    await screen.findByText('The vault cannot be written.');
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });
});

describe('the port', () => {
  it('is saved by its button, and takes ports only', async () => {
    show();
    const field = await screen.findByLabelText('Port');
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save Port' });
    await userEvent.clear(field);
    await userEvent.type(field, '80');
    expect(screen.getByText('A whole number from 1024 to 65535.')).toBeTruthy();
    expect(save.disabled).toBe(true);
    await userEvent.type(field, '80');
    await userEvent.click(save);
    await screen.findByText('Saved');
    expect(argsOf('set_api_access')).toEqual([{ change: { port: 8080 } }]);
    await waitFor(() => expect(document.activeElement).toBe(field));
  });
});

describe('the keys', () => {
  it('begin with what belongs here, and need a way back into the vault', async () => {
    show(false);
    await screen.findByText('No API key yet');
    await userEvent.click(await createButton());
    expect(finishing).toBe(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are listed with what they may do where, and whether they still hold', async () => {
    keys = [
      apiKey('ci', { role: 'Writer', groups: ['id-payments', 'default'], last_used_at: '2026-11-21T10:00:00Z' }),
      apiKey('old', { expired: true, expires_at: '2026-11-21T10:00:00Z' }),
    ];
    show();
    const row = await screen.findByRole('row', { name: /^ci Writer/ });
    await within(row).findByText('default, payments');
    expect(within(row).getByText('Active')).toBeTruthy();
    const old = screen.getByRole('row', { name: /^old Reader Whole instance/ });
    expect(within(old).getByText('Expired')).toBeTruthy();
  });

  it('are made for some groups and a time, and shown once', async () => {
    show();
    const dialog = await openCreate();
    await userEvent.type(within(dialog).getByLabelText('Name'), 'ci-deploy');
    await userEvent.click(within(dialog).getByRole('radio', { name: /^Writer/ }));
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Secret groups' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    await screen.findByText('Choose at least one secret group.');
    const list = within(dialog).getByRole('combobox', { name: /Choose secret groups/ });
    expect(document.activeElement).toBe(list);
    await userEvent.click(list);
    await userEvent.click(await screen.findByRole('option', { name: 'payments' }));
    await userEvent.selectOptions(within(dialog).getByLabelText('Expires'), 'On a date');
    await userEvent.type(within(dialog).getByLabelText('Last day'), '2020-01-01');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    await screen.findByText('This day is over. Choose a later one.');
    await userEvent.selectOptions(within(dialog).getByLabelText('Expires'), 'Never');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));

    const made = await screen.findByRole('dialog', { name: 'API key ci-deploy' });
    expect(within(made).getByRole('region', { name: 'API key' }).textContent).toBe(text);
    expect(argsOf('create_api_key')).toEqual([
      { key: { name: 'ci-deploy', role: 'Writer', groups: ['id-payments'], expires_at: null } },
    ]);
    await userEvent.click(within(made).getByRole('button', { name: 'Copy' }));
    await within(made).findByText('Copied the API key ci-deploy to the clipboard.');
    await userEvent.click(within(made).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(made.isConnected).toBe(false));
    expect(document.body.textContent).not.toContain(text);
    expect(argsOf('forget_api_key')).toHaveLength(1);
    await screen.findByRole('row', { name: /^ci-deploy Writer/ });
    await waitFor(async () => expect(document.activeElement).toBe(await createButton()));
  });

  it('end after 90 days unless another time is chosen', async () => {
    show();
    await make('nightly');
    const [{ key }] = argsOf('create_api_key') as [{ key: NewApiKey }];
    const days = (new Date(key.expires_at ?? '').getTime() - Date.now()) / 86_400_000;
    expect(Math.floor(days)).toBe(90);
  });

  it('ask once before one is lost that nobody copied', async () => {
    show();
    const made = await make('nightly');
    await userEvent.keyboard('{Escape}');
    await within(made).findByText('The key was not copied.');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(made.isConnected).toBe(false));
  });

  it('have names of their own', async () => {
    const message = 'An API key with the same name already exists: ci';
    refusal = { code: 'name_taken', message, target: { type: 'field', name: 'name' } };
    show();
    const dialog = await openCreate();
    const field = within(dialog).getByLabelText('Name');
    await userEvent.type(field, 'ci{Enter}');
    await screen.findByText(message);
    expect(document.activeElement).toBe(field);
  });

  it('are revoked after saying what stops working', async () => {
    keys = [apiKey('ci', { role: 'Manager' })];
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke ci' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke ci' });
    expect(within(dialog).getByText('Manager in the whole instance')).toBeTruthy();
    refusal = { code: 'read_only', message: 'The vault cannot be written.' };
    await userEvent.click(within(dialog).getByRole('button', { name: /Revoke/ }));
    await within(dialog).findByText('The vault cannot be written.');
    refusal = null;
    await userEvent.click(within(dialog).getByRole('button', { name: /Revoke/ }));
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(argsOf('revoke_api_key').at(-1)).toEqual({ id: 'id-ci' });
    await screen.findByText('No API key yet');
    await waitFor(async () => expect(document.activeElement).toBe(await createButton()));
  });

  it('that are closed while they are made are forgotten all the same', async () => {
    let answer: () => void = () => undefined;
    const slowly = new Promise<void>((resolve) => (answer = resolve));
    const { unmount } = show();
    const dialog = await openCreate();
    calls = answerCalls({
      create_api_key: async ({ key }: { key: NewApiKey }) => {
        await slowly;
        return { key: apiKey(key.name), text };
      },
      forget_api_key: () => null,
      list_api_keys: () => keys,
    });
    await userEvent.type(within(dialog).getByLabelText('Name'), 'ci{Enter}');
    unmount();
    await act(async () => {
      answer();
      await slowly;
    });
    await waitFor(() => expect(argsOf('forget_api_key')).toHaveLength(2));
  });
});
