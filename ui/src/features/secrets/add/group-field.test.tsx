import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { NewSecretForm, NewSecretGroup, Problem, SecretGroupView } from '../../../ipc/bindings';
import { group, theDefault } from '../../../ipc/group-fixture';
import { answerCalls, refuse } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { AddWizard } from './add-wizard';

let groups: SecretGroupView[];
let refusal: Problem | null;
let sent: NewSecretForm[];
const onClose = vi.fn();
const onAdded = vi.fn();

beforeEach(() => {
  groups = [theDefault(), group('billing'), group('payments')];
  refusal = null;
  sent = [];
  onClose.mockClear();
  onAdded.mockClear();
  answerCalls({
    list_groups: () => (refusal?.code === 'io' ? refuse(refusal) : groups),
    list_labels: () => [],
    check_fields: () => [],
    create_group: ({ group: { name } }: { group: NewSecretGroup }) => {
      if (refusal) refuse(refusal);
      groups = [...groups, group(name)];
      return groups.at(-1);
    },
    create_secret: ({ form }: { form: NewSecretForm }) => {
      sent.push(form);
      return refusal ? refuse(refusal) : secret(form.name);
    },
  });
});

async function toGeneral() {
  renderScreen(<AddWizard onClose={onClose} onAdded={onAdded} />);
  await press('Next');
  await userEvent.type(await screen.findByLabelText('Name'), 'api-token');
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const notice = () => document.querySelector('.kt-problem');
const field = () => screen.getByRole('combobox', { name: 'Secret group' });

async function toReview() {
  await press('Next');
  await userEvent.click(await screen.findByRole('tab', { name: 'Enter a value' }));
  await userEvent.type(screen.getByLabelText('New value'), 'v');
  await press('Next');
  return screen.findByLabelText('Review');
}

describe('the group of a new secret', () => {
  it('is default, unless another one is chosen', async () => {
    await toGeneral();
    expect(field().title).toBe('default');
    field().focus();
    await userEvent.keyboard('{ArrowDown}pay{Enter}');
    expect(field().title).toBe('payments');
    expect((await toReview()).textContent).toContain('Secret grouppayments');
    await press('Add');
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    expect(sent[0]?.secret_group_id).toBe('id-payments');
  });

  it('closes its list by Escape, and not the dialog', async () => {
    await toGeneral();
    await userEvent.click(field());
    expect(screen.getAllByRole('option')).toHaveLength(3);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryAllByRole('option')).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByText('Changes are not saved.')).toBeNull();
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
  });

  it('can be made on the way, and is the chosen one then', async () => {
    await toGeneral();
    await press('Create a secret group');
    const dialog = await screen.findByRole('dialog', { name: 'Create a secret group' });
    expect(document.activeElement).toBe(within(dialog).getByLabelText('Name'));
    await userEvent.keyboard('on-call{Enter}');
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(field().title).toBe('on-call');
    // Enter was for the group alone
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('api-token');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create a secret group' })),
    );
    expect((await toReview()).textContent).toContain('on-call');
    await press('Add');
    await waitFor(() => expect(sent[0]?.secret_group_id).toBe('id-on-call'));
  });

  it('stays as it was when the new one is refused or given up', async () => {
    refusal = { code: 'name_taken', message: 'This name is taken.', target: { type: 'field', name: 'name' } };
    await toGeneral();
    await press('Create a secret group');
    const dialog = await screen.findByRole('dialog', { name: 'Create a secret group' });
    await userEvent.keyboard('payments{Enter}');
    await within(dialog).findByText('This name is taken.');
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Drop changes' }));
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(onClose).not.toHaveBeenCalled();
    expect(field().title).toBe('default');
    expect(screen.getByRole('dialog', { name: 'Add a secret' })).toBeTruthy();
  });

  it('is where a refusal leads to that is about it', async () => {
    await toGeneral();
    await toReview();
    groups = [theDefault()];
    refusal = {
      code: 'bad_request',
      message: 'There is no such secret group.',
      target: { type: 'field', name: 'secret_group_id' },
      remedy: 'It may have been deleted. Choose another group.',
    };
    await press('Add');
    await screen.findByText('There is no such secret group. It may have been deleted. Choose another group.');
    await waitFor(() => expect(document.activeElement).toBe(field()));
    expect(notice()).toBeNull();
  });

  it('is default where the groups cannot be read, which it says', async () => {
    refusal = { code: 'io', message: 'The vault cannot be read.' };
    await toGeneral();
    await screen.findByText('The vault cannot be read.');
    expect(field().title).toBe('default');
    refusal = null;
    await press('Try again');
    await waitFor(() => expect(notice()).toBeNull());
  });
});
