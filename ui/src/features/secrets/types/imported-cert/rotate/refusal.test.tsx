import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inspection, SecretView } from '../../../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../../../ipc/testing';
import { renderScreen } from '../../../../../components/render-screen';
import { RotateDialog } from '../../../rotate/rotate-dialog';
import { outlook, secret, version } from '../../../secret-fixture';
import { comparison, facts, inspection, managedMetadata } from '../certificate-fixture';

const own = { ...managedMetadata, managed_csr: null, private_key_included: true } as SecretView['metadata'];
const current = { certificate: facts(), intermediates: [], private_key_included: true };
const loss = inspection({ current, certificate: facts(), comparison: comparison() });
const harmless = inspection({
  current: { ...current, private_key_included: false },
  certificate: facts(),
  comparison: comparison({ private_key: 'absent' }),
});
const warning = 'The current version has a private key, this one has none.';

let found: () => Inspection;
let calls: Call[];
let clock: number;
const onRotated = vi.fn();

beforeEach(() => {
  clock = 1_800_000_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => clock);
  onRotated.mockClear();
  found = () => loss;
  calls = answerCalls({
    preview_rotation: () => outlook({ secret: secret('shop', { metadata: own }) }),
    pick_file: () => ({ token: 't1', name: 'new.pem', size: 900, binary: false, text: null }),
    read_certificate_file: () => ({ certificate: facts(), intermediates: [], private_key: null }),
    inspect_certificate: ({ input }: { input: { certificate: unknown } }) =>
      input.certificate === null ? inspection({ current }) : found(),
    check_metadata: () => null,
    discard_file: () => null,
    rotate_secret: () => version(4),
  });
});

afterEach(() => void vi.restoreAllMocks());

async function pickAndRotate() {
  renderScreen(<RotateDialog secret={{ id: 'id-shop', name: 'shop' }} onClose={() => undefined} onRotated={onRotated} />);
  await userEvent.click(await screen.findByRole('button', { name: /drop it here: certificate/ }));
  await userEvent.click(rotateButton());
}
const rotateButton = () => screen.getByRole('button', { name: 'Rotate' });
const sent = () => calls.filter(({ command }) => command === 'rotate_secret');
const read = () => (clock += 800);

describe('a certificate that is rotated before anybody looked at it', () => {
  it('is looked at first, and not sent when something would be lost that was not shown', async () => {
    await pickAndRotate();
    expect(await screen.findByText(/^Nothing was rotated: the new version would lose something/)).toBeTruthy();
    expect(screen.getByText(warning)).toBeTruthy();
    expect(sent()).toEqual([]);
    // the second half of a double click
    await userEvent.click(rotateButton());
    expect(sent()).toEqual([]);
    read();
    await userEvent.click(rotateButton());
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
  });

  it('is not sent when it cannot be looked at, until that was told', async () => {
    found = () => refuse({ code: 'io', message: 'The vault cannot be read.' });
    await pickAndRotate();
    expect(await screen.findByText(/could not be checked, so nothing was rotated: The vault cannot be read\./)).toBeTruthy();
    expect(sent()).toEqual([]);
    read();
    await userEvent.click(rotateButton());
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
  });

  it('is sent by the first click when nothing is lost', async () => {
    found = () => harmless;
    await pickAndRotate();
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
  });

  it('says at its field what the instance will not take', async () => {
    const target = { type: 'field', name: 'certificate' } as const;
    found = () => inspection({ current, problems: [{ code: 'bad_request', message: 'This is no certificate.', target }] });
    await pickAndRotate();
    expect(await screen.findByText('This is no certificate.')).toBeTruthy();
    expect(sent()).toEqual([]);
  });

  it('is sent by the first click when what is lost was shown', async () => {
    renderScreen(<RotateDialog secret={{ id: 'id-shop', name: 'shop' }} onClose={() => undefined} onRotated={onRotated} />);
    await userEvent.click(await screen.findByRole('button', { name: /drop it here: certificate/ }));
    await screen.findByText(warning);
    await userEvent.click(rotateButton());
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
  });
});
