import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaveReceipt } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { DownloadDialog } from './download-dialog';

const noKey = 'Version 2 has no private key.';

let calls: Call[];
let answer: () => SaveReceipt | null;

beforeEach(() => {
  answer = () => ({ name: 'www.pem', size: 4_000 });
  calls = answerCalls({ download_certificate: () => answer() });
});

function open(keyHindrance: string | null = null) {
  const onClose = vi.fn();
  renderScreen(
    <ToastHost>
      <DownloadDialog name="www" of={{ secretId: 'id-www', version: 'version-2', keyHindrance }} onClose={onClose} />
    </ToastHost>,
  );
  return onClose;
}
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
const password = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const press = () => userEvent.click(screen.getByRole('button', { name: 'Download' }));
const sent = () => calls.map(({ args }) => args);

describe('DownloadDialog', () => {
  it('says whether the private key leaves, and saves what was chosen', async () => {
    const onClose = open();
    expect(radio('PEM bundle').checked).toBe(true);
    expect(screen.getByText('The private key leaves the vault.')).toBeTruthy();
    await userEvent.click(radio('Certificate only (PEM)'));
    expect(screen.getByText('No private key is in it.')).toBeTruthy();
    expect(screen.queryByLabelText('Password of the file')).toBeNull();
    await press();
    await screen.findByText('Saved www.pem');
    expect(sent()).toEqual([{ id: 'id-www', version: 'version-2', format: 'certificate', password: null }]);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('has every form, each with what is inside', () => {
    open();
    const names = screen.getAllByRole('radio').map((input) => document.querySelector(`label[for="${input.id}"]`)?.textContent);
    expect(names).toEqual([
      'PEM bundle',
      'PEM files (ZIP)',
      'Certificate and intermediates (PEM)',
      'Certificate only (PEM)',
      'PKCS#12',
      'Java KeyStore (JKS)',
      'Trust store (PKCS#12), without keys',
      'Trust store (JKS), without keys',
    ]);
    const inside = document.getElementById(radio('PEM bundle').getAttribute('aria-describedby') ?? '');
    expect(inside?.textContent).toBe('Certificate, intermediates and private key in one text file, not encrypted.');
  });

  it('offers no form with a key where there is none, and says why', () => {
    open(noKey);
    const disabled = screen.getAllByRole<HTMLInputElement>('radio').filter((input) => input.disabled);
    expect(disabled.map(({ value }) => value)).toEqual(['pem_bundle', 'pem_parts', 'pkcs12', 'jks']);
    expect(screen.getAllByText(noKey)).toHaveLength(4);
    expect(radio('Certificate and intermediates (PEM)').checked).toBe(true);
  });

  it.each([
    ['PKCS#12', 'pkcs12'],
    ['Trust store (JKS), without keys', 'truststore_jks'],
  ])('asks for a password of %s, and for the same one twice', async (name, format) => {
    open();
    await userEvent.click(radio(name));
    await userEvent.type(password('Password of the file'), 'short');
    await press();
    expect(await screen.findByText('A password of a key store has at least 6 characters.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(password('Password of the file')));
    await userEvent.type(password('Password of the file'), '{End}er');
    await userEvent.type(password('Repeat the password'), 'shorten');
    await press();
    expect(await screen.findByText('This is not the same password.')).toBeTruthy();
    expect(sent()).toEqual([]);
    await userEvent.clear(password('Repeat the password'));
    await userEvent.type(password('Repeat the password'), 'shorter{Enter}');
    await screen.findByText('Saved www.pem');
    expect(sent()).toMatchObject([{ format, password: 'shorter' }]);
  });

  it('stays as it is when the native dialog is cancelled', async () => {
    answer = () => null;
    const onClose = open();
    await press();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  it('tells why nothing was saved', async () => {
    answer = () => refuse({ code: 'disk_full', message: 'No space is left.' });
    const onClose = open();
    await press();
    expect((await screen.findByRole('alert')).textContent).toContain('No space is left.');
    expect(onClose).not.toHaveBeenCalled();
  });
});
