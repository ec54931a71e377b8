import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecretView } from '../../../ipc/bindings';
import { group } from '../../../ipc/group-fixture';
import { mockIPC } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { secret } from '../secret-fixture';
import { DetailsPanel } from './details-panel';

let reads: SecretView[];
let sent: unknown[];
let conflicts: number;
let refusal: object | null;

beforeEach(() => {
  reads = [secret()];
  sent = [];
  conflicts = 0;
  refusal = null;
  mockIPC((command, args) => {
    const { fields } = args as { fields: { name?: string } };
    switch (command) {
      case 'get_secret':
        return reads.length > 1 ? reads.shift() : reads[0];
      case 'check_fields':
        return fields.name?.includes(' ')
          ? [{ code: 'bad_request', message: 'No spaces.', target: { type: 'field', name: 'name' } }]
          : [];
      case 'edit_secret':
        sent.push(args);
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
        if (conflicts-- > 0) throw { code: 'conflict', message: 'The labels were changed.' };
        if (refusal) throw refusal as Error;
        return secret('db-renamed');
      case 'list_groups':
        return [group('payments')];
      case 'check_metadata':
        if ((args as { text: string }).text.includes('}')) return null;
        throw metadataFault as unknown as Error;
      default:
        return [];
    }
  });
});

const metadataFault = { code: 'bad_request', message: 'Not JSON.', target: { type: 'field', name: 'custom_metadata' } };

async function open(onSaved = vi.fn(), onClose = vi.fn()) {
  renderScreen(
    <DetailsPanel secret={{ id: 'id-db-password', name: 'db-password' }} onSaved={onSaved} onClose={onClose} />,
  );
  await screen.findByLabelText('Name');
  return { onSaved, onClose };
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

describe('DetailsPanel', () => {
  it('saves only what changed', async () => {
    const { onSaved } = await open();
    expect(save().disabled).toBe(true);
    await userEvent.type(field('Description'), 'For the app');
    await userEvent.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ id: 'id-db-password', edit: { description: 'For the app' }, revision: 'r1' }]);
  });

  it('shows at the field what Rust refuses, and sends nothing', async () => {
    await open();
    await userEvent.type(field('Name'), ' x');
    await userEvent.click(save());
    expect(await screen.findByText('No spaces.')).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it('says what the group is called, which stays', async () => {
    const made = secret();
    reads = [{ ...made, metadata: { ...made.metadata, secret_group_id: 'id-payments' } }];
    await open();
    const fact = screen.getByText('Secret group').closest('div');
    await waitFor(() => expect(fact?.textContent).toBe('Secret grouppayments'));
    expect(screen.queryByRole('combobox', { name: 'Secret group' })).toBeNull();
  });

  it('adds and removes labels by keyboard', async () => {
    const { onSaved } = await open();
    await userEvent.type(field('Labels'), 'eu{Enter}team a,');
    await userEvent.click(screen.getByRole('button', { name: /Remove label prod/ }));
    await userEvent.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(sent).toMatchObject([{ edit: { labels: ['eu', 'team a'] } }]);
  });

  it('keeps what was typed through a conflict, and saves on what was read again', async () => {
    reads = [secret(), secret('db-password', { revision: 'r2' })];
    conflicts = 1;
    const { onSaved } = await open();
    await userEvent.type(field('Description'), 'mine');
    await userEvent.click(save());
    await screen.findByText('The labels were changed.');
    await userEvent.click(screen.getByRole('button', { name: 'Reload and review' }));
    await waitFor(() => expect(screen.queryByText('The labels were changed.')).toBeNull());
    expect(field('Description').value).toBe('mine');
    await userEvent.click(save());
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(sent).toMatchObject([{ revision: 'r1' }, { revision: 'r2', edit: { description: 'mine' } }]);
  });

  it('goes to the tab and the field of a fault', async () => {
    await open();
    await userEvent.click(screen.getByRole('tab', { name: 'Metadata' }));
    const metadata = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Metadata' });
    await userEvent.clear(metadata);
    await userEvent.paste('{');
    await userEvent.click(screen.getByRole('tab', { name: 'General' }));
    await userEvent.click(save());
    await waitFor(() => expect(document.activeElement).toBe(metadata));
    expect(screen.getByRole('tab', { name: 'Metadata' }).getAttribute('aria-selected')).toBe('true');
    expect(sent).toEqual([]);
  });

  it('goes to the tab of what Rust refuses, and forgets the refusal when it is mended', async () => {
    refusal = { code: 'bad_request', message: 'Too soon.', target: { type: 'field', name: 'expiration_date' } };
    await open();
    await userEvent.click(screen.getByRole('tab', { name: 'Expiration' }));
    await userEvent.click(screen.getByRole('switch', { name: /Expiration/ }));
    await userEvent.click(screen.getByRole('tab', { name: 'General' }));
    await userEvent.click(save());
    await screen.findByText('Too soon.');
    await waitFor(() => expect(document.activeElement).toBe(field('Expiration date')));
    await userEvent.click(screen.getByRole('button', { name: '1 year' }));
    expect(screen.queryByText('Too soon.')).toBeNull();
  });

  it('saves by Enter, and tells what the secret is called then', async () => {
    const { onSaved } = await open();
    await userEvent.type(field('Name'), '2{Enter}');
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith(secret('db-renamed')));
  });

  it('asks anew after something else was typed', async () => {
    const { onClose } = await open();
    await userEvent.type(field('Description'), 'x');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    await userEvent.type(field('Description'), 'y');
    expect(screen.queryByText('Changes are not saved.')).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('asks before it drops changes', async () => {
    const { onClose } = await open();
    await userEvent.type(field('Description'), 'x');
    await userEvent.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Drop changes' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
