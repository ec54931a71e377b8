import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewSecretForm } from '../../../ipc/bindings';
import { mockIPC } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { secret } from '../secret-fixture';
import { AddWizard } from './add-wizard';

let sent: NewSecretForm[];
let refusal: object | null;
let discarded: number;

beforeEach(() => {
  sent = [];
  refusal = null;
  discarded = 0;
  mockIPC((command, args) => {
    const { fields, form } = args as { fields: { name?: string }; form: NewSecretForm };
    switch (command) {
      case 'check_fields':
        return fields.name !== undefined && fields.name.length < 2
          ? [
              {
                code: 'bad_request',
                message: 'A name has 2 to 256 characters.',
                target: { type: 'field', name: 'name' },
              },
            ]
          : [];
      case 'pick_file':
        return { token: 't1', name: 'key.bin', size: 3, binary: true, text: null };
      case 'discard_file':
        discarded += 1;
        return null;
      case 'create_secret':
        sent.push(form);
        if (refusal) throw refusal as Error;
        return secret(form.name);
      default:
        return [];
    }
  });
});

function open(onAdded = vi.fn(), onClose = vi.fn()) {
  const { unmount } = renderScreen(<AddWizard onClose={onClose} onAdded={onAdded} />);
  return { onAdded, onClose, unmount };
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const step = (label: string) => waitFor(() => screen.getByLabelText(label));

async function toValue(name: string) {
  await press('Next');
  await step('Name');
  await userEvent.type(screen.getByLabelText('Name'), name);
  await press('Next');
  await screen.findByRole('tab', { name: 'Enter a value' });
}

describe('AddWizard', () => {
  it('adds a typed value with an expiration', async () => {
    const { onAdded } = open();
    await toValue('api-token');
    await userEvent.click(screen.getByRole('tab', { name: 'Enter a value' }));
    await userEvent.type(screen.getByLabelText('New value'), 'hunter2');
    await userEvent.click(screen.getByRole('switch', { name: /Expiration/ }));
    await userEvent.clear(screen.getByLabelText('Expiration date'));
    await userEvent.type(screen.getByLabelText('Expiration date'), '2099-03-31');
    await press('Next');
    await waitFor(() => screen.getByRole('button', { name: 'Add' }));
    expect(document.body.textContent).toContain('Typed, 7 characters');
    expect(document.body.textContent).not.toContain('hunter2');
    await press('Add');
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    expect(sent[0]).toEqual({
      name: 'api-token',
      description: '',
      secret_group_id: 'default',
      labels: [],
      custom_metadata: '',
      version_custom_metadata: '',
      reminder: null,
      detail: {
        secret_type: 'arbitrary',
        value: { kind: 'text', text: 'hunter2' },
        expiration_date: new Date(2099, 2, 31, 23, 59, 59).toISOString().replace('.000', ''),
      },
    });
  });

  it('goes on by Enter, and says in the review that a binary file gets its label', async () => {
    open();
    await press('Next');
    await step('Name');
    await userEvent.type(screen.getByLabelText('Name'), 'key-file{Enter}');
    await userEvent.click(await screen.findByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('key.bin');
    await press('Next');
    await screen.findByText('encode:base64');
    expect(document.body.textContent).toContain('key.bin, 3 bytes');
  });

  it('stays at the step with a fault', async () => {
    open();
    await press('Next');
    await step('Name');
    await userEvent.type(screen.getByLabelText('Name'), 'x{Enter}');
    expect(await screen.findByText('A name has 2 to 256 characters.')).toBeTruthy();
    expect(screen.queryByRole('tab', { name: 'Enter a value' })).toBeNull();
    await userEvent.type(screen.getByLabelText('Name'), 'y');
    await press('Next');
    await screen.findByRole('tab', { name: 'Enter a value' });
    await press('Next');
    expect(await screen.findByText('Select a file, or enter a value.')).toBeTruthy();
  });

  it('leads back to the field that was refused, with everything kept', async () => {
    refusal = { code: 'name_taken', message: 'This name is taken.', target: { type: 'field', name: 'name' } };
    open();
    await toValue('taken');
    await userEvent.click(screen.getByRole('tab', { name: 'Enter a value' }));
    await userEvent.type(screen.getByLabelText('New value'), 'v');
    await press('Next');
    await waitFor(() => screen.getByRole('button', { name: 'Add' }));
    await press('Add');
    expect(await screen.findByText('This name is taken.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('taken');
    await press('Next');
    await screen.findByRole('tab', { name: 'Enter a value' });
    expect(screen.getByLabelText<HTMLTextAreaElement>('New value').value).toBe('v');
  });

  it('adds a reminder, and leads back to it when it is refused', async () => {
    refusal = { code: 'bad_request', message: 'Not so late.', target: { type: 'field', name: 'reminder' } };
    open();
    await toValue('api-token');
    await userEvent.click(screen.getByRole('tab', { name: 'Enter a value' }));
    await userEvent.type(screen.getByLabelText('New value'), 'v');
    await userEvent.click(screen.getByRole('radio', { name: 'Other…' }));
    const days = screen.getByRole('spinbutton', { name: 'Days' });
    await userEvent.clear(days);
    await press('Next');
    await waitFor(() => expect(document.activeElement).toBe(days));
    expect(screen.getByText('A reminder comes every 1 to 3,650 days.')).toBeTruthy();
    await userEvent.type(days, '45');
    await press('Next');
    await waitFor(() => screen.getByRole('button', { name: 'Add' }));
    expect(screen.getByText('Every 45 days')).toBeTruthy();
    await press('Add');
    expect(await screen.findByText('Not so late.')).toBeTruthy();
    expect(sent[0]?.reminder).toEqual({ every_days: 45 });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('spinbutton', { name: 'Days' })));
  });

  it('adds user credentials that rotate by themselves, of which nobody is reminded', async () => {
    refusal = {
      code: 'Error02009',
      message: 'The version would expire first.',
      target: { type: 'field', name: 'rotation' },
    };
    const { onAdded } = open();
    await userEvent.click(screen.getByRole('radio', { name: 'User credentials' }));
    await press('Next');
    await step('Name');
    await userEvent.type(screen.getByLabelText('Name'), 'db-user');
    await press('Next');
    await step('User name');
    await userEvent.type(screen.getByLabelText('User name'), 'report');
    await userEvent.click(screen.getByRole('radio', { name: 'Every 90 days' }));
    await userEvent.click(screen.getByRole('switch', { name: /Automatic rotation/ }));
    await userEvent.click(screen.getByRole('radio', { name: '60 days' }));
    expect(screen.queryByRole('group', { name: 'Reminder' })).toBeNull();
    await press('Next');
    await waitFor(() => screen.getByRole('button', { name: 'Add' }));
    const review = screen.getByLabelText('Review');
    expect(review.textContent).toContain('Automatic rotationEvery 60 days');
    expect(review.textContent).not.toContain('Reminder');
    await press('Add');
    expect(await screen.findByText('The version would expire first.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('radio', { name: '60 days' })));
    refusal = null;
    await press('Next');
    await waitFor(() => screen.getByRole('button', { name: 'Add' }));
    await press('Add');
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    expect(sent.at(-1)).toMatchObject({
      reminder: null,
      detail: { username: 'report', rotation: { auto_rotate: true, interval: 60, unit: 'day' } },
    });
  });

  it('closes at once as long as it is empty, and asks otherwise', async () => {
    const { onClose } = open();
    await press('Next');
    await step('Name');
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
    await userEvent.type(screen.getByLabelText('Name'), 'x');
    await press('Cancel');
    expect(onClose).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'Drop changes' }));
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it('counts one character as one', async () => {
    open();
    await toValue('api-token');
    await userEvent.click(screen.getByRole('tab', { name: 'Enter a value' }));
    await userEvent.type(screen.getByLabelText('New value'), 'v');
    await press('Next');
    await screen.findByText('Typed, 1 character');
  });

  it('gives an unused file back when it is left', async () => {
    const { unmount } = open();
    await toValue('key-file');
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('key.bin');
    unmount();
    expect(discarded).toBe(1);
  });
});
