import { act, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { events, type Problem } from '../ipc/bindings';
import { mockIPC } from '../ipc/testing';
import { FileDrop } from './file-drop';
import { useDropRouting } from './file-drops';
import { ToastHost } from './toasts';

const discarded: string[] = [];
const checked: unknown[] = [];
const refusal: { current: Problem | null } = { current: null };
const onFile = vi.fn();

function Page() {
  useDropRouting();
  return (
    <main>
      <p>Elsewhere</p>
      <FileDrop purpose="value" label="Select a file" onFile={onFile} />
    </main>
  );
}

/** jsdom has no layout: what lies below the pointer is said here. */
function point(at: Element) {
  document.elementFromPoint = () => at;
}
const file = { token: 't1', name: 'key.pem', size: 12, binary: false, x: 5, y: 5 };
const button = () => screen.getByRole('button', { name: /Select a file/ });

beforeEach(async () => {
  discarded.length = 0;
  checked.length = 0;
  refusal.current = null;
  onFile.mockReset();
  mockIPC(
    (command, args) => {
      if (command === 'check_file') {
        checked.push(args);
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
        if (refusal.current) throw refusal.current;
      }
      if (command === 'discard_file') discarded.push((args as { token: string }).token);
      return null;
    },
    { shouldMockEvents: true },
  );
  render(
    <ToastHost>
      <Page />
    </ToastHost>,
  );
  await act(() => Promise.resolve());
});

describe('file drops', () => {
  it('are checked for what their place is for', async () => {
    refusal.current = { code: 'file', message: '"key.pem" was not taken.' };
    point(button());
    await act(() => events.fileDropped.emit(file));
    expect(onFile).not.toHaveBeenCalled();
    expect(checked).toEqual([{ token: 't1', purpose: 'value' }]);
    expect(screen.getByRole('alert').textContent).toContain('was not taken');
  });

  it('go to the zone below the pointer', async () => {
    point(button());
    await act(() => events.fileDropped.emit(file));
    expect(onFile).toHaveBeenCalledWith({ token: 't1', name: 'key.pem', size: 12, binary: false, text: null });
    expect(discarded).toEqual([]);
  });

  it('are given back when there is none, and the person told where to drop', async () => {
    point(screen.getByText('Elsewhere'));
    await act(() => events.fileDropped.emit(file));
    expect(onFile).not.toHaveBeenCalled();
    expect(discarded).toEqual(['t1']);
    expect(screen.getByText('key.pem was not taken.')).toBeTruthy();
    expect(screen.getByText('Drop it on the field that it is for.')).toBeTruthy();
  });

  it('light the zone up while they hover', async () => {
    point(button());
    await act(() => events.fileDragged.emit({ inside: true, x: 5, y: 5 }));
    expect(button().className).toContain('drag-over');
    await act(() => events.fileDragged.emit({ inside: false, x: 5, y: 5 }));
    expect(button().className).not.toContain('drag-over');
  });

  it('say at the zone why a file cannot be taken', async () => {
    point(button());
    const problem = { code: 'file' as const, message: 'This is a folder.', remedy: 'Drop a file.' };
    await act(() => events.fileDropRefused.emit({ problem, x: 5, y: 5 }));
    expect(screen.getByRole('alert').textContent).toContain('This is a folder.');
  });
});
