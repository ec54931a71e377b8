import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComparedCertificates } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { certificateSecret, certificateVersion, compared } from '../certificate/certificate-fixture';
import { VersionHistory } from './version-history';

let calls: Call[];
let answer: () => ComparedCertificates;

beforeEach(() => {
  answer = () => compared({ same_key: false });
  calls = answerCalls({
    list_versions: () => [
      certificateVersion(3, { id: 'bbbb', kept: false }),
      certificateVersion(2),
      certificateVersion(1),
    ],
    get_secret: () => certificateSecret(),
    compare_certificates: () => answer(),
    download_certificate: () => null,
  });
});

async function open() {
  renderScreen(<VersionHistory secret={{ id: 'id-www', name: 'www' }} onClose={vi.fn()} />);
  const heads = await screen.findAllByRole('heading', { name: /^Version \d$/ });
  return heads.map((head) => head.closest('li')?.textContent ?? '');
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const asked = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);

describe('the history of a certificate', () => {
  it('tells serial number, validity and key, and no size', async () => {
    const [third = '', second = '', first = ''] = await open();
    expect(third).toContain('Serial number 38:eb:03 · valid until');
    expect(third).toContain('2099');
    expect(third).toContain('RSA2048 · New key · without private key');
    expect(second).toContain('RSA2048 · Same key as version 1 · with private key');
    expect(first).toContain('RSA2048 · with private key');
    expect(third).not.toMatch(/bytes|KB|Binary|expires/);
  });

  it('compares by what the certificates say', async () => {
    await open();
    await press('Compare with… version 2');
    const dialog = await screen.findByRole('dialog', { name: 'Compare versions' });
    await within(dialog).findByText('New key');
    expect(asked('compare_certificates')).toEqual([{ id: 'id-www', older: 'version-2', newer: 'version-3' }]);
    await userEvent.selectOptions(within(dialog).getByLabelText('Older version'), 'version-1');
    await waitFor(() =>
      expect(asked('compare_certificates').at(-1)).toEqual({ id: 'id-www', older: 'version-1', newer: 'version-3' }),
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Compare versions' })).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Compare with… version 2' })),
    );
  });

  it('tells why it could not compare, and tries again', async () => {
    answer = () => refuse({ code: 'value_gone', message: 'The value is no longer kept.' });
    await open();
    await press('Compare with… version 3');
    await screen.findByText('The value is no longer kept.');
    answer = () => compared();
    await press('Try again');
    await screen.findByText('Nothing is worse than before.');
  });

  it('asks for the form of a download', async () => {
    await open();
    await press('Download version 3');
    const dialog = await screen.findByRole('dialog', { name: 'Download version 3 of www' });
    expect(within(dialog).getAllByText('Version 3 has no private key.')).toHaveLength(4);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Download' }));
    await waitFor(() =>
      expect(asked('download_certificate')).toMatchObject([{ version: 'version-3', format: 'chain', password: null }]),
    );
    expect(asked('save_version')).toEqual([]);
  });
});
