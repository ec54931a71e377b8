import { screen, waitFor } from '@testing-library/react';
import { userEvent as everyone } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { ConnectionForm, KeyForm, Problem } from '../../ipc/bindings';
import { answerCalls, refuse } from '../../ipc/testing';
import { ConnectDialog } from './connect-dialog';
import { ReplaceKeyDialog } from './replace-key-dialog';

const userEvent = everyone.setup({ delay: null });
const id = '9b7c6a53-0000-4000-8000-00000000000a';
const noKeyring: Problem = {
  code: 'keyring_absent',
  message: 'The API key was not kept: this session has no keyring.',
  remedy: 'Choose to be asked for the key each time.',
  target: { type: 'field', name: 'ask_for_key' },
};
const refused: Problem = { code: 'unauthorized', message: 'The API key was not accepted.', remedy: 'Check the API key.' };

function show(keyring = true) {
  const [onClose, onOpened] = [vi.fn(), vi.fn()];
  const calls = answerCalls({
    app_status: () => ({ instances: [], active: null, product_version: '0.1.0' }),
    test_connection: ({ form }: { form: ConnectionForm }) =>
      form.api_key === 'wrong'
        ? refuse(refused)
        : {
            kind: 'keyturn_server',
            version: '0.1.0',
            secrets_total: 1248,
            allowed: [
              { what: 'list_secrets', yes: true },
              { what: 'read_configurations', yes: false },
            ],
          },
    connect_instance: ({ form }: { form: ConnectionForm }) => (keyring || form.ask_for_key ? {} : refuse(noKeyring)),
    reconnect_instance: ({ form }: { form: KeyForm }) => (form.api_key === 'wrong' ? refuse(refused) : {}),
    pick_file: () => ({ token: 't', name: 'roots.pem', size: 1200, binary: false, text: null }),
    discard_file: () => null,
    cancel_connection: () => null,
  });
  const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
  return { onClose, onOpened, argsOf };
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const keyField = () => screen.getByLabelText('API key', { selector: 'input' });

describe('ConnectDialog', () => {
  it('gives up what does not answer when it is closed', async () => {
    const { argsOf } = show();
    const calls = answerCalls({ connect_instance: () => new Promise(() => undefined), cancel_connection: () => null });
    const { unmount } = renderScreen(<ConnectDialog onClose={vi.fn()} onOpened={vi.fn()} />);
    await userEvent.type(screen.getByLabelText('Name'), 'Production');
    await userEvent.click(screen.getByLabelText('Address'));
    await userEvent.type(screen.getByLabelText('URL'), 'https://kt.example.test');
    await userEvent.type(keyField(), 'k{Enter}');
    await screen.findByText('Connecting…');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel' }).disabled).toBe(false);
    unmount();
    await waitFor(() => expect(calls.map(({ command }) => command)).toContain('cancel_connection'));
    expect(argsOf('connect_instance')).toEqual([]);
  });

  it('connects to an instance in IBM Cloud by region and ID', async () => {
    const { onClose, onOpened, argsOf } = show();
    renderScreen(<ConnectDialog onClose={onClose} onOpened={onOpened} />);
    await userEvent.type(screen.getByLabelText('Name'), 'Production');
    await userEvent.selectOptions(screen.getByLabelText('Region'), 'eu-de');
    await userEvent.type(screen.getByLabelText('Instance ID'), id);
    await userEvent.click(screen.getByLabelText('Private'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Connect' }).disabled).toBe(true);
    await userEvent.type(keyField(), 'k{Enter}');
    await waitFor(() => expect(onOpened).toHaveBeenCalledOnce());
    expect(onClose).toHaveBeenCalledOnce();
    const place = { kind: 'ibm_cloud', region: 'eu-de', instance_id: id, private: true };
    const form = { name: 'Production', place, api_key: 'k', ask_for_key: false, iam_url: '', proxy: '' };
    expect(argsOf('connect_instance')).toEqual([{ form: { ...form, root_certificates: null } }]);
  });

  it('tells what answers at an address and what the key may do, before a name is given', async () => {
    const { onClose, onOpened, argsOf } = show();
    renderScreen(<ConnectDialog onClose={onClose} onOpened={onOpened} />);
    await userEvent.click(screen.getByLabelText('Address'));
    await userEvent.type(screen.getByLabelText('URL'), 'https://kt.example.test');
    await userEvent.type(keyField(), 'wrong');
    await press('Test connection');
    await screen.findByText('The API key was not accepted.');
    await userEvent.clear(keyField());
    await userEvent.type(keyField(), 'k');
    expect(screen.queryByText('The API key was not accepted.')).toBeNull();
    await press('Test connection');
    await screen.findByText('Keyturn server 0.1.0 answered.');
    expect(screen.getByText('The key sees 1,248 secrets.')).toBeTruthy();
    const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rows).toEqual(expect.arrayContaining(['List secrets: yes', 'Read configurations: no']));
    expect(argsOf('connect_instance')).toEqual([]);
  });

  it('offers to ask for the key each time where there is no keyring', async () => {
    const { onClose, onOpened, argsOf } = show(false);
    renderScreen(<ConnectDialog onClose={onClose} onOpened={onOpened} />);
    await userEvent.type(screen.getByLabelText('Name'), 'Production');
    await userEvent.type(screen.getByLabelText('Instance ID'), id);
    await userEvent.type(keyField(), 'k');
    await press('Connect');
    await screen.findByText(/this session has no keyring/);
    await userEvent.click(screen.getByLabelText('Ask for the key each time'));
    await press('Connect');
    await waitFor(() => expect(onOpened).toHaveBeenCalledOnce());
    expect(argsOf('connect_instance').at(-1)).toMatchObject({ form: { ask_for_key: true } });
  });

  it('takes root certificates by a file that Rust reads, and gives it back', async () => {
    const { onClose, onOpened, argsOf } = show();
    const { unmount } = renderScreen(<ConnectDialog onClose={onClose} onOpened={onOpened} />);
    await press('More');
    await press('Select a file');
    await screen.findByText('roots.pem');
    expect(argsOf('pick_file')).toEqual([{ purpose: 'root_certificates' }]);
    unmount();
    expect(argsOf('discard_file')).toEqual([{ token: 't' }]);
  });
});

describe('ReplaceKeyDialog', () => {
  it('asks with the new key first', async () => {
    const { onClose, onOpened, argsOf } = show();
    const instance = { id: '7', name: 'Production', ask_for_key: false };
    renderScreen(<ReplaceKeyDialog instance={instance} onClose={onClose} onOpened={onOpened} />);
    await userEvent.type(keyField(), 'wrong{Enter}');
    await screen.findByText('The API key was not accepted.');
    expect(onOpened).not.toHaveBeenCalled();
    await userEvent.clear(keyField());
    await userEvent.type(keyField(), 'k{Enter}');
    await waitFor(() => expect(onOpened).toHaveBeenCalledOnce());
    expect(argsOf('reconnect_instance').at(-1)).toEqual({ id: '7', form: { api_key: 'k', ask_for_key: false } });
  });
});
