import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem, SecretEdit, SecretView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { OpenedDialog } from '../opened-dialog';
import { issuance, order, publicSecret } from '../orders/order-fixture';
import { outlook, version } from '../secret-fixture';

let calls: Call[];
let current: SecretView;
let hindrance: Problem | null;
let refusal: Problem | null;
const onClose = vi.fn();

beforeEach(() => {
  onClose.mockClear();
  hindrance = null;
  refusal = null;
  current = publicSecret({ issuance_info: issuance({ state: 1 }) });
  calls = answerCalls({
    preview_rotation: () => outlook({ secret: current, hindrance }),
    get_secret: () => current,
    get_order: () => order(),
    find_zones: () => [null, null],
    zone_file: () => [],
    check_fields: () => [],
    check_metadata: () => null,
    edit_secret: ({ edit }: { edit: SecretEdit }) => {
      if (refusal) refuse(refusal);
      current = publicSecret({ ...(edit.name != null && { name: edit.name }), issuance_info: issuance({ state: 1 }) }, { revision: 'r2' });
      return current;
    },
    rotate_secret: () => version(3),
  });
});

async function open() {
  renderScreen(
    <ToastHost>
      <OpenedDialog opened={{ action: 'rotate', secret: current }} onClose={onClose} />
    </ToastHost>,
  );
  await screen.findByText('Replaces the value at once.');
}
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const sent = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);

describe('Rotate of a public certificate with the provider Manual', () => {
  it('begins an order, says so and not that there is a version, and goes on to Challenges', async () => {
    await open();
    await userEvent.click(screen.getByRole('switch', { name: /Rotate keys/ }));
    await press('Rotate');
    await screen.findByText('Your order is being processed');
    expect(screen.queryByText(/is the current one now/)).toBeNull();
    expect(sent('rotate_secret')).toMatchObject([{ form: { input: { secret_type: 'public_cert', rotate_keys: true } } }]);
    await screen.findByRole('table', { name: 'TXT records' });
    expect(onClose).not.toHaveBeenCalled();
  });

  it('saves name and description alone by Update, and rotates what was saved', async () => {
    await open();
    const name = screen.getByLabelText('Name (optional)');
    await userEvent.clear(name);
    await userEvent.type(name, 'shop-2026');
    await press('Rotate');
    await screen.findByText(/It is not saved yet\. Click Update first/);
    expect(sent('rotate_secret')).toEqual([]);
    await press('Update');
    await screen.findByText('Updated shop-2026');
    expect(sent('edit_secret')).toEqual([{ id: 'id-shop', edit: { name: 'shop-2026' }, revision: 'r1' }]);
    expect(sent('rotate_secret')).toEqual([]);
    await screen.findByRole('dialog', { name: 'Rotate shop-2026' });
    await press('Rotate');
    await waitFor(() => expect(sent('rotate_secret')).toMatchObject([{ form: { revision: 'r2' } }]));
  });

  it('shows why a name is not taken, and asks before it is thrown away', async () => {
    refusal = { code: 'name_taken', message: 'There is one of this name.', target: { type: 'field', name: 'name' } };
    await open();
    await userEvent.type(screen.getByLabelText('Name (optional)'), '2');
    await press('Update');
    await screen.findByText('There is one of this name.');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('begins the order by Challenges as well, with what was entered, and shows none that has ended', async () => {
    await open();
    await userEvent.click(screen.getByRole('switch', { name: /Rotate keys/ }));
    await userEvent.type(screen.getByLabelText('Name (optional)'), '2');
    await press('Challenges');
    await screen.findByText(/It is not saved yet\. Click Update first/);
    expect(sent('get_order')).toEqual([]);
    await press('Update');
    await screen.findByText('Updated shop2');
    await press('Challenges');
    await screen.findByText('Your order is being processed');
    expect(sent('rotate_secret')).toMatchObject([{ form: { input: { secret_type: 'public_cert', rotate_keys: true } } }]);
    await screen.findByRole('table', { name: 'TXT records' });
  });

  it('offers no Challenges where no order can begin', async () => {
    hindrance = { code: 'wrong_state', message: 'The secret has expired.' };
    await open();
    expect(screen.queryByRole('button', { name: 'Challenges' })).toBeNull();
  });

  it('leads to the Challenges of an order under way, and back with the focus', async () => {
    current = publicSecret();
    await open();
    await press('Challenges');
    await screen.findByRole('table', { name: 'TXT records' });
    const dialog = screen.getByRole('dialog', { name: 'Challenges of shop' });
    const closing = within(dialog).getAllByRole('button', { name: 'Close' }).at(-1);
    if (closing) await userEvent.click(closing);
    await screen.findByRole('dialog', { name: 'Rotate shop' });
    expect(sent('preview_rotation')).toHaveLength(2);
    const challenges = screen.getByRole('button', { name: 'Challenges' });
    await waitFor(() => expect(document.activeElement).toBe(challenges));
    expect(sent('rotate_secret')).toEqual([]);
  });

  it('offers Challenges instead of a second order', async () => {
    current = publicSecret();
    hindrance = { code: 'conflict', message: 'An order for this certificate is under way already.' };
    await open();
    expect(screen.getByText('An order is under way already.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Rotate' })).toBeNull();
    expect(screen.queryByText(hindrance.message)).toBeNull();
    expect(screen.queryByRole('switch', { name: /Rotate keys/ })).toBeNull();
    await press('Challenges');
    await screen.findByRole('table', { name: 'TXT records' });
  });
});

describe('Rotate of a public certificate with another provider', () => {
  it('is done once the order is stored', async () => {
    current = publicSecret({ dns: 'bind', issuance_info: issuance({ state: 1 }) });
    await open();
    expect(screen.getByText(/The DNS provider bind sets the TXT records by itself/)).toBeTruthy();
    expect(screen.queryByLabelText('Name (optional)')).toBeNull();
    await press('Rotate');
    await screen.findByText('Your order is being processed');
    expect(onClose).toHaveBeenCalledOnce();
  });
});
