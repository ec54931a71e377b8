import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeploymentCheck, Verdict } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { facts, hostile } from '../certificate/certificate-fixture';
import { DeploymentDialog } from './deployment-dialog';

let calls: Call[];
let answer: () => DeploymentCheck;

function found(over: Partial<Verdict> = {}): DeploymentCheck {
  return {
    asked: 'www.example.com:443',
    verdict: {
      serves: { kind: 'current', intermediates_sent: true },
      covers_name: true,
      chain: { kind: 'complete' },
      server_name: 'www.example.com',
      address: '192.0.2.1:443',
      tls_version: 'TLS 1.3',
      ...over,
    },
  };
}

beforeEach(() => {
  answer = () => found();
  calls = answerCalls({ check_deployment: () => answer() });
});

function open() {
  const onClose = vi.fn();
  renderScreen(<DeploymentDialog secret={{ id: 'id-www', name: 'www' }} onClose={onClose} />);
  return onClose;
}
const address = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Host and port' });
const serverName = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Server name (SNI) (optional)' });
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const result = async () =>
  within(await screen.findByRole('list', { name: 'Result' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('DeploymentDialog', () => {
  it('asks the server, says what it serves, and asks again', async () => {
    open();
    await userEvent.type(address(), ' www.example.com:443 {Enter}');
    expect((await result())[0]).toBe('The server serves the current version.');
    expect(screen.getByText('TLS 1.3')).toBeTruthy();
    expect(screen.getByText('192.0.2.1:443')).toBeTruthy();
    answer = () => found({ serves: { kind: 'older', number: 2 } });
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await screen.findByText('The server still serves version 2.');
    expect(calls.map(({ args }) => args)).toEqual([
      { id: 'id-www', address: 'www.example.com:443', serverName: null },
      { id: 'id-www', address: 'www.example.com:443', serverName: null },
    ]);
  });

  it('sends the server name, and forgets a result that is about something else', async () => {
    open();
    await userEvent.type(address(), '192.0.2.1');
    await userEvent.type(serverName(), 'shop.example');
    await press('Check');
    await result();
    expect(calls.at(-1)?.args).toMatchObject({ address: '192.0.2.1', serverName: 'shop.example' });
    await userEvent.type(serverName(), 's');
    expect(screen.queryByRole('list', { name: 'Result' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Check' })).toBeTruthy();
  });

  it('drops an answer about an address that was changed meanwhile', async () => {
    let late: (check: DeploymentCheck) => void = () => undefined;
    const waiting = new Promise<DeploymentCheck>((resolve) => (late = resolve));
    calls = answerCalls({
      check_deployment: ({ address: to }: { address: string }) =>
        to === 'slow.example' ? waiting : found({ serves: { kind: 'older', number: 2 } }),
    });
    open();
    await userEvent.type(address(), 'slow.example{Enter}');
    await waitFor(() => expect(calls).toHaveLength(1));
    await userEvent.clear(address());
    await userEvent.type(address(), 'fast.example');
    await act(async () => {
      late(found());
      await waiting;
    });
    expect(screen.queryByRole('list', { name: 'Result' })).toBeNull();
    await press('Check');
    expect((await result())[0]).toBe('The server still serves version 2.');
    expect(calls.map(({ args }) => args)).toMatchObject([{ address: 'slow.example' }, { address: 'fast.example' }]);
  });

  it('shows what another certificate says, as text', async () => {
    answer = () => found({ serves: { kind: 'other', facts: facts(hostile) }, server_name: hostile });
    open();
    await userEvent.type(address(), 'www.example.com{Enter}');
    await result();
    expect(screen.getByRole('button', { name: `Served certificate: ${hostile}` })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy serial number of the served certificate' })).toBeTruthy();
    expect(document.querySelector('img, a')).toBeNull();
  });

  it('says at the field that an address is needed, and asks nobody', async () => {
    open();
    await press('Check');
    expect(await screen.findByText('Enter the host and port of the server to ask.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(address()));
    expect(screen.queryByText(/^Tried/)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('says what was tried when nobody answers', async () => {
    answer = () => refuse({ code: 'io', message: 'Nobody listens on port 444.', remedy: 'Check the port.' });
    open();
    await userEvent.type(address(), 'www.example.com:444');
    await userEvent.type(serverName(), 'shop.example{Enter}');
    expect((await screen.findByText('Nobody listens on port 444.')).closest('.kt-problem')).toBeTruthy();
    expect(screen.getByText('Tried: www.example.com:444, asked for the name shop.example.')).toBeTruthy();
  });

  it('says at the field what is wrong with an address', async () => {
    const target = { type: 'field', name: 'address' } as const;
    answer = () => refuse({ code: 'bad_request', message: 'The address holds a path.', target });
    open();
    await userEvent.type(address(), 'a/b{Enter}');
    await screen.findByText('The address holds a path.');
    expect(address().getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector('.kt-problem')).toBeNull();
    expect(screen.getByText('Tried: a/b.')).toBeTruthy();
  });
});
