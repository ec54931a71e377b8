import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfigurationView, NewSecretForm, Problem, SecretView } from '../../../../ipc/bindings';
import { iamEngine } from '../../../../ipc/configuration-fixture';
import { theDefault } from '../../../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { ToastHost } from '../../../../components/toasts';
import { OpenedDialog } from '../../opened-dialog';
import { secret } from '../../secret-fixture';
import { RotateBody } from './rotate-body';
import { emptyRotation, followed } from './rotation';

let calls: Call[];
let views: ConfigurationView[];
let refusal: Problem | null;

const detail = {
  secret_type: 'iam_credentials',
  ttl: '720h',
  service_id: 'ServiceId-1',
  service_id_is_static: false,
  reuse_api_key: true,
  expiration_date: '2099-01-02T03:04:05Z',
} as const;
const credentials = (over: object = {}): SecretView => {
  const base = secret('deploy');
  return { ...base, metadata: { ...base.metadata, ...detail, ...over } };
};

beforeEach(() => {
  refusal = null;
  views = [iamEngine()];
  calls = answerCalls({
    list_configurations: () => views,
    list_groups: () => [theDefault()],
    list_labels: () => [],
    check_fields: () => [],
    create_secret: () => (refusal ? refuse(refusal) : credentials()),
  });
});

const sent = () =>
  calls.filter(({ command }) => command === 'create_secret').map(({ args }) => (args as { form: NewSecretForm }).form.detail);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const toggle = (name: RegExp) => screen.getByRole('switch', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

async function enter(label: string, text: string) {
  await userEvent.clear(field(label));
  await userEvent.click(field(label));
  await userEvent.paste(text);
}

function open() {
  renderScreen(
    <ToastHost>
      <OpenedDialog opened={{ action: 'add' }} onClose={vi.fn()} />
    </ToastHost>,
  );
}

async function toCredentials() {
  open();
  await userEvent.click(screen.getByRole('radio', { name: 'IAM credentials' }));
  await press('Next');
  await screen.findByLabelText('Name');
  await enter('Name', 'deploy');
  await press('Next');
  await screen.findByRole('textbox', { name: 'Lease duration' });
}

describe('new IAM credentials', () => {
  it('wait for a configuration that is not disabled', async () => {
    views = [iamEngine('engine', { disabled: true })];
    open();
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('radio', { name: 'IAM credentials' }).disabled).toBe(true),
    );
    expect(screen.getAllByText('Engine configuration required').length).toBeGreaterThan(0);
  });

  it('are made with access groups, reused, and rotated within the lease', async () => {
    await toCredentials();
    await press('Next');
    expect(screen.getByText('Enter the id of at least one access group.')).toBeTruthy();
    await enter('Access group IDs', 'AccessGroupId-aa\n\n AccessGroupId-bb');
    await userEvent.click(toggle(/Automatic rotation/));
    await press('Next');
    expect(await screen.findByText('AccessGroupId-aa, AccessGroupId-bb')).toBeTruthy();
    expect(screen.getByText('Every 30 days')).toBeTruthy();
    await press('Add');
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()).toEqual([
      {
        secret_type: 'iam_credentials',
        ttl: '720h',
        access_groups: ['AccessGroupId-aa', 'AccessGroupId-bb'],
        service_id: '',
        account_id: '',
        reuse_api_key: true,
        rotation: { auto_rotate: true, interval: 30, unit: 'day' },
      },
    ]);
  });

  it('have no automatic rotation with a lease of minutes or without reuse', async () => {
    await toCredentials();
    await userEvent.click(toggle(/Automatic rotation/));
    await userEvent.selectOptions(screen.getByLabelText('Unit of Lease duration'), 'Minutes');
    expect(screen.queryByRole('switch', { name: /Automatic rotation/ })).toBeNull();
    expect(screen.getByText(/Not with a lease of minutes/)).toBeTruthy();
    await userEvent.click(toggle(/Reuse IAM credentials until lease expires/));
    expect(screen.getByText(/there is none that could be rotated/)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Existing service ID' }));
    await press('Next');
    expect(screen.getByText('Enter the service ID.')).toBeTruthy();
    await enter('Service ID', ' ServiceId-1 ');
    await press('Next');
    await press('Add');
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({
      ttl: '30m',
      access_groups: null,
      service_id: 'ServiceId-1',
      reuse_api_key: false,
      rotation: { auto_rotate: false },
    });
  });

  it('lead back to the field that was refused', async () => {
    await toCredentials();
    await enter('Access group IDs', 'nothing');
    refusal = {
      code: 'bad_request',
      message: 'An access group is named by its id.',
      target: { type: 'field', name: 'access_groups' },
    };
    await press('Next');
    await press('Add');
    expect(await screen.findByText('An access group is named by its id.')).toBeTruthy();
    expect(field('Access group IDs').value).toBe('nothing');
  });
});

describe('a rotation of IAM credentials', () => {
  const show = (over: object) =>
    renderScreen(
      <RotateBody
        draft={followed(emptyRotation, credentials(over).metadata)}
        onChange={vi.fn()}
        secretId="id-deploy"
        error={null}
      />,
    );

  it('says what is made anew, and until when the present key works', () => {
    show({});
    expect(screen.getByText('Service ID and API key')).toBeTruthy();
    expect(screen.getByText(/Jan 2, 2099/)).toBeTruthy();
  });

  it('leaves a service ID that was there', () => {
    show({ service_id_is_static: true, expiration_date: null });
    expect(screen.getByText('API key')).toBeTruthy();
    expect(screen.getByText('It has ended')).toBeTruthy();
  });
});
