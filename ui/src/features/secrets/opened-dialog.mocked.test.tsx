import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SecretView, VersionView } from '../../ipc/bindings';
import { answerCalls } from '../../ipc/testing';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import { certificateSecret, certificateVersion } from './certificate/certificate-fixture';
import { OpenedDialog } from './opened-dialog';
import { secret, version } from './secret-fixture';

// what a rotation takes is tested with each type; here it is what comes after
vi.mock('./rotate/rotate-dialog', () => ({
  RotateDialog: ({ onRotated }: { onRotated: (version: VersionView) => void }) => (
    <button type="button" onClick={() => onRotated(made)}>
      Rotate
    </button>
  ),
}));

let made: VersionView;

async function rotate(rotated: SecretView, next: VersionView) {
  made = next;
  answerCalls({});
  const onClose = vi.fn();
  renderScreen(
    <ToastHost>
      <OpenedDialog opened={{ action: 'rotate', secret: rotated }} onClose={onClose} />
    </ToastHost>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Rotate' }));
  expect(await screen.findByText('Version 4 is the current one now.')).toBeTruthy();
  return onClose;
}

describe('OpenedDialog', () => {
  it('offers to redeploy a certificate that was rotated', async () => {
    const onClose = await rotate(certificateSecret(), certificateVersion(4));
    expect(screen.getByText('Rotated www')).toBeTruthy();
    expect(screen.getByRole('dialog', { name: 'Redeploy the certificate' })).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('is done after the rotation of anything else', async () => {
    const onClose = await rotate(secret(), version(4));
    expect(onClose).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
