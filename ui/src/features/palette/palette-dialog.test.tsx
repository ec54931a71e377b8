import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundSecret, SecretView } from '../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { renderScreen } from '../../components/render-screen';
import { PaletteDialog } from './palette-dialog';
import type { PaletteAction } from './palette-items';

let calls: Call[];
let found: FoundSecret[];
const onFound = vi.fn();
const onClose = vi.fn();
const lock = vi.fn();
const settings = vi.fn();

function one(name: string, rotate?: string): FoundSecret {
  const secret = { metadata: { id: `id-${name}`, name }, availability: rotate ? { rotate } : {} };
  return { instance_id: '1', instance_name: 'Production', color: 1, secret: secret as unknown as SecretView };
}

beforeEach(() => {
  vi.clearAllMocks();
  found = [one('db-main'), one('db-old', 'The secret has expired.')];
  calls = answerCalls({
    search_everywhere: ({ text }: { text: string }) => found.filter(({ secret }) => secret.metadata.name.includes(text)),
  });
});

function open() {
  const actions: PaletteAction[] = [
    { key: 'lock', label: 'Lock', kind: 'Action', run: lock },
    { key: 'settings', label: 'Settings', kind: 'Page', run: settings },
  ];
  renderScreen(<PaletteDialog actions={actions} locked={['Home']} onFound={onFound} onClose={onClose} />);
  return screen.getByRole('combobox', { name: 'Search all instances, or run an action' });
}

const lines = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const chosen = () => screen.getAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true');

describe('PaletteDialog', () => {
  it('has the focus in its field, and runs an action by its name', async () => {
    const field = open();
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(lines()).toEqual(['LockAction', 'SettingsPage']);
    await userEvent.keyboard('sett{Enter}');
    expect(settings).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
    expect(lock).not.toHaveBeenCalled();
  });

  it('says which vaults are not searched', async () => {
    const field = open();
    expect(screen.queryByText(/Not searched/)).toBeNull();
    await userEvent.type(field, 'db');
    expect(screen.getByText('Not searched while locked: Home.')).toBeTruthy();
  });

  it('goes through the lines by the arrow keys, round at the ends', async () => {
    const field = open();
    await userEvent.type(field, '{ArrowDown}');
    expect(chosen()?.textContent).toBe('SettingsPage');
    expect(field.getAttribute('aria-activedescendant')).toBe(chosen()?.id);
    await userEvent.keyboard('{ArrowDown}');
    expect(chosen()?.textContent).toBe('LockAction');
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(settings).toHaveBeenCalledOnce();
  });

  it('opens the details of a secret, by the keyboard alone', async () => {
    await userEvent.type(open(), 'db');
    await waitFor(() => expect(lines()).toEqual(['Pdb-mainProduction', 'Pdb-oldProduction']));
    await userEvent.keyboard('{Enter}');
    expect(onFound).toHaveBeenCalledExactlyOnceWith(found[0], 'details');
    expect(calls.at(-1)?.args).toEqual({ text: 'db' });
  });

  it('asks for nothing with one letter', async () => {
    await userEvent.type(open(), 'd');
    expect(calls).toEqual([]);
  });

  it('shows what can be done with a secret, and goes back', async () => {
    await userEvent.type(open(), 'db-main');
    await screen.findByText('db-main');
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('listbox', { name: 'Actions for db-main' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    await screen.findByRole('listbox', { name: 'Results' });
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}');
    expect(onFound).toHaveBeenCalledExactlyOnceWith(found[0], 'rotate');
  });

  it('takes “rotate” before a name, and says why one cannot be rotated', async () => {
    await userEvent.type(open(), 'rotate db-old');
    await screen.findByText('Rotate: db-old');
    expect(chosen()?.getAttribute('aria-disabled')).toBe('true');
    expect(chosen()?.textContent).toContain('The secret has expired.');
    await userEvent.keyboard('{Enter}');
    expect(onFound).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('tells that it searches, and why it could not', async () => {
    let answer: () => void = () => undefined;
    answerCalls({
      search_everywhere: async () => {
        await new Promise<void>((resolve) => (answer = resolve));
        refuse({ code: 'io', message: 'The instance has too many requests.' });
      },
    });
    await userEvent.type(open(), 'xy');
    await screen.findByText('Searching…');
    expect(screen.queryByText('Nothing found.')).toBeNull();
    act(() => answer());
    await screen.findByText('The instance has too many requests.');
    expect(screen.queryByText('Searching…')).toBeNull();
  });

  it('is closed by Escape, whatever was typed', async () => {
    await userEvent.type(open(), 'nothing of it{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });
});
