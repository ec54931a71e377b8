import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SecretView } from '../../../ipc/bindings';
import { certificateSecret, privateSecret } from '../certificate/certificate-fixture';
import { secret } from '../secret-fixture';
import { showSecrets } from '../secrets-page-fixture';

async function openMenu(row: SecretView) {
  showSecrets({ rows: [row], filters: [] });
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${row.metadata.name}` }));
}
const items = () => screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
const item = (name: string) => screen.getByRole('menuitem', { name });

describe('the menu of a certificate', () => {
  it('has what only certificates have', async () => {
    await openMenu(certificateSecret());
    expect(items()).toEqual([
      'View secret',
      'Details',
      'Rotate',
      'Version history',
      'Download',
      'Check deployment',
      'Locks',
      'Copy to…',
      'Copy secret URL',
      'Delete',
    ]);
  });

  it('leaves them out for other types', async () => {
    await openMenu(secret());
    expect(items()).not.toContain('Download');
    expect(items()).not.toContain('Check deployment');
  });

  it('downloads the current version, without its key where none is kept, and gives the focus back', async () => {
    await openMenu(certificateSecret({ key: false }));
    await userEvent.click(item('Download'));
    await screen.findByRole('dialog', { name: 'Download www' });
    expect(screen.getAllByText('The current version has no private key.')).toHaveLength(4);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for www' })));
  });

  it('offers no private key of a certificate whose key was made elsewhere', async () => {
    await openMenu(privateSecret({ csr_given: true, private_key_included: false }));
    await userEvent.click(item('Download'));
    await screen.findByRole('dialog', { name: 'Download www' });
    expect(screen.getAllByText('The current version has no private key.')).toHaveLength(4);
  });

  it('checks where it is deployed', async () => {
    await openMenu(certificateSecret());
    await userEvent.click(item('Check deployment'));
    expect(await screen.findByRole('textbox', { name: 'Host and port' })).toBeTruthy();
  });

  it('says why nothing can be done before there is a certificate', async () => {
    const waiting = certificateSecret({ fields: false });
    await openMenu({ ...waiting, availability: { view: 'The secret has no value yet.' } });
    for (const name of ['Download', 'Check deployment']) {
      expect(item(name).getAttribute('aria-disabled')).toBe('true');
      const reason = document.getElementById(item(name).getAttribute('aria-describedby') ?? '');
      expect(reason?.textContent).toBe('The secret has no value yet.');
    }
  });
});
