import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { certificateVersion } from '../certificate/certificate-fixture';
import { RedeployDialog } from './redeploy-dialog';

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

const accent = () => document.querySelector('.cds--modal-footer .cds--btn--primary')?.textContent;

describe('RedeployDialog', () => {
  it('leads to the download of the new version and to the check, and back', async () => {
    const calls = answerCalls({ download_certificate: () => ({ name: 'www.pem', size: 1 }) });
    const onClose = vi.fn();
    const version = certificateVersion(4, { kept: false });
    renderScreen(<RedeployDialog secret={{ id: 'id-www', name: 'www' }} version={version} onClose={onClose} />);
    const offer = screen.getByRole('dialog', { name: 'Redeploy the certificate' });
    expect(within(offer).getByText(/Redeploy the certificate to your TLS termination point/)).toBeTruthy();
    expect(accent()).toBe('Download');
    await press('Download');
    expect(screen.getByRole('dialog', { name: 'Download version 4 of www' })).toBeTruthy();
    expect(screen.getAllByText('Version 4 has no private key.')).toHaveLength(4);
    await press('Download');
    await screen.findByRole('dialog', { name: 'Redeploy the certificate' });
    expect(accent()).toBe('Check deployment');
    expect(calls[0]?.args).toMatchObject({ version: 'version-4', format: 'chain' });
    await press('Check deployment');
    expect(screen.getByRole('dialog', { name: 'Check deployment' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await screen.findByRole('dialog', { name: 'Redeploy the certificate' });
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});
