import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import type { Problem, VersionView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { secret, version } from '../secret-fixture';
import { VersionHistory } from './version-history';

let versions: VersionView[];
let refusal: Problem | null;
let calls: Call[];

function certificate(number: number, over: Partial<VersionView> = {}): VersionView {
  const made = version(number, { key: { algorithm: 'RSA2048', id: 'ab', private_key_included: true }, ...over });
  return { ...made, metadata: { ...made.metadata, secret_type: 'private_cert', serial_number: `0${number}:aa` } };
}
const revoked = { algorithm: 'RSA2048', id: 'ab', private_key_included: true, revoked_at: '2026-02-03T04:05:06Z' };

beforeEach(() => {
  refusal = null;
  versions = [
    certificate(3),
    certificate(2, { revoke_hindrance: 'The authority that issued it is gone.' }),
    certificate(1, { key: revoked, revoke_hindrance: 'It was revoked before.' }),
  ];
  calls = answerCalls({
    list_versions: () => versions,
    get_secret: () => secret(),
    revoke_certificate: () => {
      if (refusal) refuse(refusal);
      versions = [certificate(3, { key: revoked }), ...versions.slice(1)];
      return revoked.revoked_at;
    },
  });
});

async function open() {
  renderScreen(
    <ToastHost>
      <VersionHistory secret={{ id: 'id-db-password', name: 'db-password' }} onClose={() => undefined} />
    </ToastHost>,
  );
  await screen.findByText('Version 3');
}
const button = (number: number) => screen.getByRole<HTMLButtonElement>('button', { name: `Revoke version ${number}` });
const reasonOf = (number: number) =>
  document.getElementById(button(number).getAttribute('aria-describedby') ?? '')?.textContent;

describe('the revocation of a version', () => {
  it('says what it means, and shows afterwards that it is revoked', async () => {
    refusal = { code: 'wrong_state', message: 'The authority is not there any more.' };
    await open();
    expect(screen.getAllByText('Revoked')).toHaveLength(1);
    await userEvent.click(button(3));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke version 3' });
    expect(dialog.textContent).toContain('goes onto the revocation list of its authority');
    expect(dialog.textContent).toContain('The value stays readable.');
    expect(dialog.textContent).toContain('03:aa');
    await userEvent.click(within(dialog).getByRole('button', { name: /Revoke$/ }));
    await within(dialog).findByText('The authority is not there any more.');
    refusal = null;
    await userEvent.click(within(dialog).getByRole('button', { name: /Revoke$/ }));
    await screen.findByText('Revoked version 3');
    await waitFor(() => expect(screen.getAllByText('Revoked')).toHaveLength(2));
    expect(calls.filter(({ command }) => command === 'revoke_certificate').map(({ args }) => args)).toEqual([
      { id: 'id-db-password', version: 'version-3' },
      { id: 'id-db-password', version: 'version-3' },
    ]);
  });

  it('is out of order where the instance says why, and for other types not there', async () => {
    versions.push(version(0));
    await open();
    expect(button(1).disabled).toBe(true);
    expect(reasonOf(1)).toBe('It was revoked before.');
    expect(button(2).disabled).toBe(true);
    expect(reasonOf(2)).toBe('The authority that issued it is gone.');
    expect(screen.queryByRole('button', { name: 'Revoke version 0' })).toBeNull();
  });
});
