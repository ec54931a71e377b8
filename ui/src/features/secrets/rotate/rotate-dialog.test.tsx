import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RotationForm, RotationOutlook } from '../../../ipc/bindings';
import { mockIPC } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { outlook, secret, version } from '../secret-fixture';
import { RotateDialog } from './rotate-dialog';

const conflict = { code: 'conflict', message: 'local:kim rotated the secret; nothing was changed now.' };

const gone = { code: 'file', message: 'The file is no longer kept.', target: { type: 'field', name: 'file' } };
const refused = { code: 'bad_request', message: 'Too long.', target: { type: 'field', name: 'payload' } };

let looks: RotationOutlook[];
let sent: RotationForm[];
let answers: unknown[];
let discarded: string[];

beforeEach(() => {
  looks = [outlook()];
  sent = [];
  answers = [version(4)];
  discarded = [];
  mockIPC((command, args) => {
    const { text, form, token } = args as { text: string; form: RotationForm; token: string };
    switch (command) {
      case 'preview_rotation':
        return looks.length > 1 ? looks.shift() : looks[0];
      case 'pick_file':
        return { token: 't1', name: 'key.p12', size: 4312, binary: true, text: null };
      case 'discard_file':
        discarded.push(token);
        return null;
      case 'check_metadata':
        if (text.includes('}')) return null;
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
        throw { code: 'bad_request', message: 'This is not JSON: end of text at line 1, column 1.' };
      case 'rotate_secret': {
        sent.push(form);
        const answer = answers.shift();
        if (answer === conflict || answer === gone || answer === refused) throw answer as Error;
        return answer;
      }
      default:
        throw new Error(command);
    }
  });
});

function open(onRotated = vi.fn(), onClose = vi.fn()) {
  const { unmount } = renderScreen(
    <RotateDialog secret={{ id: 'id-db-password', name: 'db-password' }} onClose={onClose} onRotated={onRotated} />,
  );
  return { onRotated, onClose, unmount };
}

const rotate = () => userEvent.click(screen.getByRole('button', { name: 'Rotate' }));
async function enter(text: string) {
  await userEvent.click(await screen.findByRole('tab', { name: 'Enter a value' }));
  await userEvent.click(screen.getByLabelText('New value'));
  await userEvent.paste(text);
}

describe('RotateDialog', () => {
  it('says before the click what will happen', async () => {
    open();
    await screen.findByText('Replaces the value at once.');
    expect(screen.getByText('Version 3 becomes the previous one.')).toBeTruthy();
    expect(screen.getByText(/^3, since/)).toBeTruthy();
    expect(document.activeElement?.textContent).toContain('Select a file');
  });

  it('says that there is no version yet, where there is none', async () => {
    looks = [outlook({ next_number: 1, effect: 'Brings the first certificate.', fate: 'It becomes the first version.' })];
    open();
    await screen.findByText('Brings the first certificate.');
    expect(screen.getByText('Current version').nextElementSibling?.textContent).toBe('None yet');
    expect(screen.queryByText('What becomes of it')).toBeNull();
  });

  it('says what becomes of the next reminder or automatic rotation', async () => {
    looks = [outlook({ secret: secret('db-password', { reminder: { every_days: 45 } }) })];
    const { unmount } = open();
    await screen.findByText('The next reminder is then in 45 days.');
    unmount();
    const rotation = { auto_rotate: true, interval: 1, unit: 'month' } as const;
    const type = { secret_type: 'username_password', rotation, password_generation_policy: {} } as const;
    looks = [outlook({ secret: secret('db-user', { metadata: { ...secret().metadata, ...type } }) })];
    open();
    await screen.findByText('The next automatic rotation is then in 1 month.');
  });

  it('rotates with a typed value, and expects the revision that was seen', async () => {
    const { onRotated } = open();
    await enter('line 1\nline 2');
    await rotate();
    await waitFor(() => expect(onRotated).toHaveBeenCalledWith(version(4)));
    expect(sent).toEqual([
      {
        revision: 'r1',
        custom_metadata: '',
        version_custom_metadata: '',
        input: { secret_type: 'arbitrary', value: { kind: 'text', text: 'line 1\nline 2' } },
      },
    ]);
  });

  it('rotates with a file, of which it knows a token and no path', async () => {
    const { onRotated } = open();
    await userEvent.click(await screen.findByRole('button', { name: /Select a file or drop/ }));
    expect(await screen.findByText('Binary')).toBeTruthy();
    expect(screen.getByText(/4,312 bytes of at most 750,000/)).toBeTruthy();
    await rotate();
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
    expect(sent[0]?.input).toEqual({ secret_type: 'arbitrary', value: { kind: 'file', token: 't1' } });
  });

  it('asks for a value instead of sending nothing', async () => {
    open();
    await screen.findByText('Replaces the value at once.');
    await rotate();
    expect(await screen.findByText('Select a file, or enter a value.')).toBeTruthy();
    await enter('half \ud83d of it');
    await rotate();
    expect(await screen.findByText(/broken character/)).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it('keeps what was entered through a conflict, and shows the secret anew', async () => {
    looks = [outlook(), outlook({ secret: secret('db-password', { revision: 'r2' }), next_number: 5 })];
    answers = [conflict, version(5)];
    const { onRotated } = open();
    await enter('new value');
    await rotate();
    await screen.findByText(conflict.message);
    await userEvent.click(screen.getByRole('button', { name: 'Reload and review' }));
    await screen.findByText(/^4, since/);
    expect(screen.queryByText(conflict.message)).toBeNull();
    expect(screen.getByLabelText<HTMLTextAreaElement>('New value').value).toBe('new value');
    expect(onRotated).not.toHaveBeenCalled();

    await rotate();
    await waitFor(() => expect(onRotated).toHaveBeenCalledWith(version(5)));
    expect(sent.map(({ revision }) => revision)).toEqual(['r1', 'r2']);
  });

  it('sends metadata only when it was edited, and an emptied one as an empty object', async () => {
    const { onRotated } = open();
    await enter('v');
    await userEvent.click(screen.getByRole('button', { name: 'Metadata' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Metadata' });
    expect(JSON.parse(field.value)).toEqual({ ticket: 'OPS-7' });
    await userEvent.clear(field);
    await rotate();
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
    expect(sent[0]?.custom_metadata).toBe('{}');
  });

  it('does not rotate with metadata that is not JSON', async () => {
    open();
    await enter('v');
    await userEvent.click(screen.getByRole('button', { name: 'Version metadata' }));
    await userEvent.click(screen.getByRole('textbox', { name: 'Version metadata' }));
    await userEvent.paste('{');
    await rotate();
    expect(await screen.findByText(/line 1, column 1/)).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it('goes to metadata that is not JSON, and leaves it open when it is mended', async () => {
    open();
    await enter('v');
    const section = screen.getByRole('button', { name: 'Version metadata' });
    await userEvent.click(section);
    const field = screen.getByRole('textbox', { name: 'Version metadata' });
    await userEvent.click(field);
    await userEvent.paste('{');
    await rotate();
    await screen.findByText(/line 1, column 1/);
    await waitFor(() => expect(document.activeElement).toBe(field));
    await userEvent.paste('}');
    await waitFor(() => expect(screen.queryByText(/line 1, column 1/)).toBeNull());
    expect(section.getAttribute('aria-expanded')).toBe('true');
  });

  it('forgets a refusal once something else is entered', async () => {
    answers = [refused];
    open();
    await enter('v');
    await rotate();
    await screen.findByText('Too long.');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('New value')));
    await userEvent.keyboard('w');
    expect(screen.queryByText('Too long.')).toBeNull();
  });

  it.each(['file', 'payload'])('asks for a file again that Rust no longer keeps, told of %s', async (name) => {
    gone.target.name = name;
    answers = [gone];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('key.p12');
    await rotate();
    await screen.findByText(gone.message);
    expect(screen.queryByText('key.p12')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('key.p12');
    expect(screen.queryByText(gone.message)).toBeNull();
  });

  it('asks before it throws away what was entered', async () => {
    const { onClose } = open();
    await enter('v');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape', repeat: true });
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('says what is in the way, and offers no rotation then', async () => {
    looks = [outlook({ hindrance: { code: 'wrong_state', message: 'The secret has expired.' } })];
    open();
    expect((await screen.findByRole('alert')).textContent).toContain('The secret has expired.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Rotate' }).disabled).toBe(true);
    expect(screen.queryByRole('tab', { name: 'Enter a value' })).toBeNull();
  });

  it('gives the file back when it is left, and rotates once for two clicks', async () => {
    answers = [new Promise(() => undefined)];
    const { onClose } = open();
    await userEvent.click(await screen.findByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('key.p12');
    await userEvent.dblClick(screen.getByRole('button', { name: 'Rotate' }));
    expect(sent).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Remove key.p12' }));
    expect(discarded).toEqual(['t1']);
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });
});
