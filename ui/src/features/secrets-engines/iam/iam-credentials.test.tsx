import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import type { ConfigurationView, PendingRemoval, Problem } from '../../../ipc/bindings';
import { iamEngine, rootAuthority } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { IamCredentials } from './iam-credentials';

const removal: PendingRemoval = {
  id: 'removal-1',
  mark: 'keyturn:1',
  secret_id: 'id-deploy',
  secret_name: 'deploy',
  api_key_id: 'ApiKey-1',
  service_id: 'ServiceId-1',
  service_id_too: true,
  since: '2026-01-02T03:04:05Z',
  tries: 3,
  next_try: null,
  problem: 'IAM cannot be reached.',
};

let views: ConfigurationView[];
let removals: PendingRemoval[];
let retried: PendingRemoval[];
let refusal: Problem | null;
let calls: Call[];
const onFinishRecovery = vi.fn();

beforeEach(() => {
  refusal = null;
  views = [rootAuthority('root')];
  removals = [];
  retried = [];
  onFinishRecovery.mockClear();
  calls = answerCalls({
    list_configurations: () => views,
    pending_removals: () => removals,
    retry_removal: () => (removals = retried),
    forget_removal: () => (refusal ? refuse(refusal) : (removals = [])),
    create_configuration: () => (refusal ? refuse(refusal) : ((views = [iamEngine()]), iamEngine())),
    edit_configuration: () => iamEngine(),
    delete_configuration: () => ((views = []), null),
  });
});

function show(recoveryConfirmed = true) {
  renderScreen(
    <ToastHost>
      <main tabIndex={-1}>
        <IamCredentials recoveryConfirmed={recoveryConfirmed} onFinishRecovery={onFinishRecovery} />
      </main>
    </ToastHost>,
  );
}
const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

async function type(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
}
async function act(action: string, name = 'engine') {
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('the engine of IAM credentials', () => {
  it('begins with an API key, and has room for one', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Add IAM configuration' }));
    await press('Add');
    expect(screen.getByText('Enter a name.')).toBeTruthy();
    await type('Name', 'engine');
    await press('Add');
    expect(screen.getByText('Enter the API key.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('API key').type).toBe('password');
    await type('API key', 'the-key');
    await press('Add');
    await screen.findByRole('table', { name: 'IAM credentials' });
    expect(argsOf('create_configuration')).toEqual([
      {
        configuration: {
          name: 'engine',
          detail: { config_type: 'iam_credentials_configuration', api_key: 'the-key', disabled: false },
        },
      },
    ]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add IAM configuration' }).disabled).toBe(true);
    expect(screen.getByText(/there cannot be more/)).toBeTruthy();
  });

  it('opens More for a refused address', async () => {
    refusal = {
      code: 'bad_request',
      message: 'It begins with https.',
      target: { type: 'field', name: 'iam_url' },
    };
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Add IAM configuration' }));
    await type('Name', 'engine');
    await type('API key', 'the-key');
    await press('Add');
    await screen.findByText('It begins with https.');
    await waitFor(() => expect(screen.getByRole('button', { name: 'More' }).getAttribute('aria-expanded')).toBe('true'));
  });

  it('sends only what was changed', async () => {
    views = [iamEngine('engine', { account_id: 'a'.repeat(32) })];
    show();
    await act('Edit');
    expect(screen.getByLabelText<HTMLInputElement>('API key').value).toBe('');
    await userEvent.click(screen.getByRole('switch', { name: /Disabled/ }));
    await userEvent.clear(screen.getByLabelText('Account ID (optional)'));
    await press('Save');
    await waitFor(() => expect(argsOf('edit_configuration')).toHaveLength(1));
    expect(argsOf('edit_configuration')[0]).toMatchObject({
      configType: 'iam_credentials_configuration',
      name: 'engine',
      patch: { config_type: 'iam_credentials_configuration', disabled: true, account_id: '' },
    });
    expect(JSON.stringify(argsOf('edit_configuration'))).not.toContain('api_key');
  });

  it('stays while secrets need it, and tells which', async () => {
    views = [{ ...iamEngine(), used_by: [{ kind: 'secret', name: 'deploy', secret_id: '1' }], used_total: 1 }];
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for engine' }));
    expect(await screen.findByText(/Delete those secrets first/)).toBeTruthy();
    await userEvent.click(screen.getByRole('menuitem', { name: 'View configuration' }));
    expect(await screen.findByText(/secret deploy/)).toBeTruthy();
  });

  it('is deleted after its name was typed', async () => {
    views = [iamEngine()];
    show();
    await act('Delete');
    await type('Name of the configuration', 'engine');
    await press('Delete');
    await screen.findByText('No IAM configuration yet');
    expect(argsOf('delete_configuration')).toMatchObject([{ name: 'engine', typedName: 'engine' }]);
  });

  it('asks for the recovery code first', async () => {
    show(false);
    await userEvent.click(await screen.findByRole('button', { name: 'Add IAM configuration' }));
    expect(onFinishRecovery).toHaveBeenCalledOnce();
  });
});

describe('keys that could not be removed', () => {
  it('are told with what went wrong, and tried again', async () => {
    removals = [removal];
    retried = [{ ...removal, tries: 4, problem: 'IAM did not answer in time.' }];
    show();
    const row = (await screen.findByText('ApiKey-1')).closest('tr')?.textContent;
    for (const words of ['deploy', 'ServiceId-1, goes with it', '3', 'IAM cannot be reached.', 'Soon'])
      expect(row).toContain(words);
    await act('Try again', 'the key of deploy');
    expect(await screen.findByText('The API key of deploy is still there')).toBeTruthy();
    expect(argsOf('retry_removal')).toEqual([{ id: 'removal-1' }]);
    retried = [];
    await act('Try again', 'the key of deploy');
    expect(await screen.findByText('Removed the API key of deploy')).toBeTruthy();
    expect(screen.queryByRole('table', { name: 'Keys that could not be removed' })).toBeNull();
  });

  it('are given up once it is clear what stays', async () => {
    removals = [removal];
    refusal = { code: 'not_found', message: 'There is no such removal.' };
    show();
    await act('Give up', 'the key of deploy');
    const dialog = within(await screen.findByRole('dialog', { name: 'Give up the API key of deploy?' }));
    for (const words of ['ApiKey-1', 'ServiceId-1', 'keyturn:1']) expect(dialog.getByText(words)).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Give up' }));
    expect(await dialog.findByText('There is no such removal.')).toBeTruthy();
    refusal = null;
    await userEvent.click(dialog.getByRole('button', { name: 'Give up' }));
    expect(await screen.findByText('Gave up the API key of deploy')).toBeTruthy();
    expect(argsOf('forget_removal')).toEqual([{ id: 'removal-1' }, { id: 'removal-1' }]);
    expect(screen.queryByRole('table', { name: 'Keys that could not be removed' })).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are not spoken of while there are none', async () => {
    show();
    await screen.findByText('No IAM configuration yet');
    expect(screen.queryByText('Keys that could not be removed')).toBeNull();
  });
});
