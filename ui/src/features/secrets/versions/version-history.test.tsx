import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mockIPC } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { secret, version } from '../secret-fixture';
import { VersionHistory } from './version-history';

const gone = 'The value of this version is no longer kept.';
const current = version(3, { restored_from: 1, restore_hindrance: 'This version is the current one.' });
const previous = version(2, { binary: true, size: 12_000 });
const oldest = version(1, { size: null, view_hindrance: gone, restore_hindrance: gone });
current.metadata.alias = 'current';
previous.metadata.alias = 'previous';
oldest.metadata.auto_rotated = true;
previous.metadata.expiration_date = '2099-03-31T23:59:59Z';
previous.metadata.version_custom_metadata = { ticket: 'OPS-71', tries: 2 };
oldest.metadata.payload_available = false;

let calls: [string, Record<string, unknown>][];
let revisions: string[];
let restored: unknown[];
let refusal: object | null;

beforeEach(() => {
  calls = [];
  revisions = ['r1', 'r2'];
  restored = [version(4)];
  refusal = null;
  mockIPC(
    (command, args) => {
      calls.push([command, args as Record<string, unknown>]);
      switch (command) {
        case 'list_versions':
          return [current, previous, oldest];
        case 'get_secret':
          return secret('db-password', { revision: revisions.shift() ?? 'r3' });
        case 'restore_version': {
          const answer = restored.shift();
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
          if (answer === 'conflict') throw { code: 'conflict', message: 'The secret was rotated.' };
          return answer;
        }
        case 'copy_version':
          return { seconds: 30 };
        case 'compare_versions':
          return { kind: 'bytes', same: false, old_size: 40, new_size: 12_000 };
        case 'edit_version_metadata':
          if (refusal) throw refusal as Error;
          return previous;
        default:
          return null;
      }
    },
    { shouldMockEvents: true },
  );
});

async function open(onClose = vi.fn()) {
  renderScreen(<VersionHistory secret={{ id: 'id-db-password', name: 'db-password' }} onClose={onClose} />);
  await screen.findByText('Version 3');
  return onClose;
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const argumentsOf = (command: string) => calls.filter(([name]) => name === command).map(([, args]) => args);

describe('VersionHistory', () => {
  it('shows every version, newest first, with what is known of it', async () => {
    await open();
    const cards = within(screen.getByRole('list', { name: 'Versions of db-password' })).getAllByRole('heading');
    expect(cards.map(({ textContent }) => textContent)).toEqual(['Version 3', 'Version 2', 'Version 1']);
    expect(screen.getByText('Current')).toBeTruthy();
    expect(screen.getByText('Previous')).toBeTruthy();
    expect(screen.getByText(/restored from version 1/)).toBeTruthy();
    expect(screen.getByText(/12 KB/)).toBeTruthy();
    expect(screen.getByText('OPS-71')).toBeTruthy();
    expect(screen.getByText(/· expires/).textContent).toContain('2099');
  });

  it('tells which version the instance made by itself', async () => {
    await open();
    const made = screen.getAllByText(/Rotated automatically/);
    expect(made).toHaveLength(1);
    expect(made[0]?.textContent).not.toContain('local:');
    expect(screen.getAllByText(/by local:jo/)).toHaveLength(2);
  });

  it('says why something cannot be done', async () => {
    await open();
    const view = screen.getByRole<HTMLButtonElement>('button', { name: 'View version 1' });
    expect(view.disabled).toBe(true);
    expect(document.getElementById(view.getAttribute('aria-describedby') ?? '')?.textContent).toBe(gone);
    expect(screen.getAllByText(gone)).toHaveLength(1);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Restore version 3' }).disabled).toBe(true);
  });

  it('views, copies and saves the version that was meant', async () => {
    await open();
    await press('Copy version 2');
    await press('Download version 2');
    expect(argumentsOf('copy_version')).toEqual([{ id: 'id-db-password', version: 'version-2' }]);
    expect(argumentsOf('save_version')).toEqual([{ id: 'id-db-password', version: 'version-2' }]);
    await press('View version 2');
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
    expect(argumentsOf('reveal_version')).toEqual([{ id: 'id-db-password', version: 'version-2' }]);
  });

  it('restores as a new version after asking, and closes the question by Escape alone', async () => {
    const onClose = await open();
    await press('Restore version 2');
    await screen.findByRole('dialog', { name: 'Restore version 2' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Restore version 2' })).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Restore version 2' })));

    await press('Restore version 2');
    await press('Restore');
    await waitFor(() =>
      expect(argumentsOf('restore_version')).toEqual([
        { id: 'id-db-password', versionId: 'version-2', revision: 'r1' },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Restore version 2' })).toBeNull());
  });

  it('shows a conflict and restores on what was read again', async () => {
    restored = ['conflict', version(5)];
    await open();
    await press('Restore version 2');
    await press('Restore');
    expect((await screen.findByRole('alert')).textContent).toContain('The secret was rotated.');
    await press('Reload and review');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await press('Restore');
    await waitFor(() => expect(argumentsOf('restore_version').map(({ revision }) => revision)).toEqual(['r1', 'r2']));
  });

  it('edits the metadata of a version', async () => {
    await open();
    await press('Edit metadata of version 2');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Version metadata' });
    expect(JSON.parse(field.value)).toEqual({ ticket: 'OPS-71', tries: 2 });
    await userEvent.clear(field);
    await userEvent.paste('{"ticket": "OPS-72"}');
    await press('Save');
    await waitFor(() =>
      expect(argumentsOf('edit_version_metadata')).toEqual([
        { id: 'id-db-password', versionId: 'version-2', text: '{"ticket": "OPS-72"}', revision: 'r-2' },
      ]),
    );
  });

  it('compares the current version with the previous one, and gives the focus back', async () => {
    const onClose = await open();
    await press('Compare with… version 3');
    await screen.findByRole('dialog', { name: 'Compare versions' });
    await screen.findByText('The values are not the same; 40 bytes → 12 KB');
    expect(argumentsOf('compare_versions')).toEqual([
      { id: 'id-db-password', older: 'version-2', newer: 'version-3' },
    ]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Compare versions' })).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
    const button = screen.getByRole('button', { name: 'Compare with… version 3' });
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('compares no version whose value is gone, and says so', async () => {
    await open();
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Compare with… version 1' });
    expect(button.disabled).toBe(true);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(gone);
  });

  it('forgets a refusal once the metadata is mended', async () => {
    refusal = { code: 'bad_request', message: 'Too much.', target: { type: 'field', name: 'version_custom_metadata' } };
    await open();
    await press('Edit metadata of version 2');
    await press('Save');
    await screen.findByText('Too much.');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Version metadata' }), ' ');
    expect(screen.queryByText('Too much.')).toBeNull();
  });

  it('closes by Escape', async () => {
    const onClose = await open();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });
});
