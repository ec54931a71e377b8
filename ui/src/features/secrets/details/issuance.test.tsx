import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SecretView } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { certificateDetails } from '../certificate/certificate-fixture';
import { issuance, order, publicSecret } from '../orders/order-fixture';
import { DetailsPanel } from './details-panel';

async function open(shown: SecretView, tab: string) {
  const calls = answerCalls({
    get_secret: () => shown,
    get_certificate: () => certificateDetails(),
    get_order: () => order(),
    find_zones: () => [null, null],
    zone_file: () => [],
    list_groups: () => [],
    check_fields: () => [],
    preview_policy: () => ({ at_once: false, effect: 'It is ordered in time.', next: null, hindrance: null }),
    edit_secret: () => shown,
  });
  const onSaved = vi.fn();
  renderScreen(<DetailsPanel secret={{ id: 'id-shop', name: 'shop' }} onSaved={onSaved} onClose={vi.fn()} />);
  await userEvent.click(await screen.findByRole('tab', { name: tab }));
  return { onSaved, sent: (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args) };
}
const fact = (label: string) => screen.getByText(label, { selector: '[aria-label="Issuance"] dt' }).nextElementSibling?.textContent;
const toggle = (name: string) => screen.getByRole<HTMLButtonElement>('switch', { name: new RegExp(name) });

describe('the details of a public certificate', () => {
  it('tell of its order, and why it failed', async () => {
    const failed = issuance({
      state: 3,
      error_code: 'unauthorized',
      error_message: 'No TXT record was found.',
      dns_challenge_validation_time: '2026-01-02T04:04:05Z',
    });
    await open(publicSecret({ issuance_info: failed }), 'Issuance');
    expect(fact('Status')).toContain('Active, Rotation failed');
    expect(fact('Status')).toContain('No TXT record was found.');
    expect(fact('Error code')).toBe('unauthorized');
    expect(fact('Ordered on')).toMatch(/^Jan 2, 2026/);
    expect(fact('Ordered by')).toBe('A person');
    expect(fact('Certificate authority')).toBe('staging');
    expect(fact('DNS provider')).toBe('Manual');
    expect(fact('Validated on')).toMatch(/^Jan 2, 2026/);
    expect(fact('Challenges')).toBe('2');
  });

  it('lead to Challenges over the panel, and back to the button', async () => {
    await open(publicSecret({ issuance_info: issuance({ auto_rotated: true }) }), 'Issuance');
    expect(fact('Ordered by')).toBe('Automatic rotation');
    expect(fact('Validated on')).toBe('Not yet');
    await userEvent.click(screen.getByRole('button', { name: 'Challenges' }));
    await screen.findByRole('table', { name: 'TXT records' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('table', { name: 'TXT records' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Challenges' })));
    expect(screen.getByRole('button', { name: 'Save' })).toBeTruthy();
  });

  it('show its certificate, or that there is none yet', async () => {
    await open(publicSecret({ serial_number: '38:eb:01' }), 'Certificate');
    expect(await screen.findByRole('button', { name: 'Certificate: www.example.com' })).toBeTruthy();
  });

  it('say that the order brought no certificate', async () => {
    await open(publicSecret(), 'Certificate');
    expect(screen.getByText('There is no certificate yet: the order did not bring one.')).toBeTruthy();
  });

  it('have no automatic rotation with the provider Manual, and say why', async () => {
    const { onSaved, sent } = await open(publicSecret(), 'Rotation');
    expect(toggle('Automatic rotation').disabled).toBe(true);
    expect(screen.getByText(/Not with the DNS provider Manual/)).toBeTruthy();
    await userEvent.click(toggle('Rotate keys'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(sent('edit_secret')).toEqual([
      { id: 'id-shop', edit: { rotation: { auto_rotate: false, rotate_keys: true } }, revision: 'r1' },
    ]);
  });

  it('switch automatic rotation without an interval', async () => {
    const { onSaved, sent } = await open(publicSecret({ dns: 'bind' }), 'Rotation');
    await userEvent.click(toggle('Automatic rotation'));
    expect(screen.queryByText('Rotate every')).toBeNull();
    await screen.findByText('It is ordered in time.');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(sent('edit_secret')).toMatchObject([{ edit: { rotation: { auto_rotate: true, rotate_keys: false } } }]);
  });
});
