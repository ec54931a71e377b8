import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SecretView } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { certificateDetails, certificateSecret, privateSecret } from '../certificate/certificate-fixture';
import { secret } from '../secret-fixture';
import { DetailsPanel } from './details-panel';

async function open(shown: SecretView) {
  const calls = answerCalls({
    get_secret: () => shown,
    get_certificate: () => certificateDetails(),
    list_groups: () => [],
    check_fields: () => [],
    preview_policy: () => ({ at_once: false, effect: '', next: null, hindrance: null }),
  });
  const { id, name } = shown.metadata;
  renderScreen(<DetailsPanel secret={{ id, name }} onSaved={vi.fn()} onClose={vi.fn()} />);
  const tabs = await screen.findAllByRole('tab');
  return { calls, tabs: tabs.map(({ textContent }) => textContent) };
}
const usual = ['General', 'Rotation', 'Expiration', 'Metadata'];

describe('the details of a certificate', () => {
  it('have a tab for it, which reads it when it is opened', async () => {
    const { calls, tabs } = await open(certificateSecret());
    expect(tabs).toEqual([...usual, 'Certificate']);
    expect(calls.map(({ command }) => command)).not.toContain('get_certificate');
    await userEvent.click(screen.getByRole('tab', { name: 'Certificate' }));
    expect(await screen.findByRole('button', { name: 'Certificate: www.example.com' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save' })).toBeTruthy();
  });

  it('say that the secret ends with its certificate', async () => {
    await open(certificateSecret());
    await userEvent.click(screen.getByRole('tab', { name: 'Expiration' }));
    expect(screen.getByText(/^The secret expires with its certificate:/).textContent).toContain('2099');
    expect(screen.queryByRole('switch', { name: /Expiration/ })).toBeNull();
  });

  it('say beside the state that it was revoked, and when', async () => {
    await open(privateSecret({ revocation_time_rfc3339: '2026-02-03T04:05:06Z' }));
    const status = screen.getByText('Status', { selector: 'dt' }).nextElementSibling;
    expect(status?.textContent).toMatch(/^ActiveRevokedFeb 3, 2026/);
  });

  it('are for certificates alone', async () => {
    const { tabs } = await open(secret());
    expect(tabs).toEqual(usual);
  });
});
