import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { answerCalls, refuse } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { DataField } from './data-field';
import { kv } from './kv';
import { emptyObject, type ObjectDraft } from './object-draft';

function Field({ first, error = null }: { first: ObjectDraft; error?: unknown }) {
  const [draft, setDraft] = useState(first);
  return <DataField draft={draft} onChange={setDraft} error={error} />;
}

const typed = { ...emptyObject, source: 'text' as const, view: 'json' as const };

describe('key-value', () => {
  it('tells line and column of a fault while one types, with the rules of Rust', async () => {
    const calls = answerCalls({
      check_value: ({ text }: { text: string }) =>
        text.endsWith('}')
          ? null
          : refuse({
              code: 'bad_request',
              message: 'This is not JSON: it ends within an object at line 1, column 9.',
              target: { type: 'field', name: 'data' },
            }),
    });
    renderScreen(<Field first={typed} />);
    const field = screen.getByRole('textbox', { name: 'New object' });
    await userEvent.type(field, '{{"user":1');
    expect(await screen.findByText(/line 1, column 9/)).toBeTruthy();
    await userEvent.type(field, '}');
    await screen.findByText(/A JSON object with at least one key/);
    expect(calls.at(-1)).toEqual({ command: 'check_value', args: { purpose: 'data', text: '{"user":1}' } });
  });

  it('can be read while it is typed, until one asks not to', async () => {
    renderScreen(<Field first={typed} />);
    const field = screen.getByRole('textbox', { name: 'New object' });
    expect(field.closest('.kt-typed--masked')).toBeNull();
    await userEvent.click(screen.getByRole('switch', { name: 'Show what is typed' }));
    expect(field.closest('.kt-typed--masked')).toBeTruthy();
  });

  it('picks files that are JSON objects and sends what was picked as data', async () => {
    const file = { token: 't1', name: 'db.json', size: 20, binary: false, text: null };
    const calls = answerCalls({ pick_file: () => file });
    renderScreen(<Field first={emptyObject} />);
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop/ }));
    expect(await screen.findByText('db.json')).toBeTruthy();
    expect(calls[0]).toEqual({ command: 'pick_file', args: { purpose: 'data' } });
    expect(kv.rotation.form({ ...emptyObject, file })).toEqual({
      secret_type: 'kv',
      data: { kind: 'file', token: 't1' },
    });
  });

  it('shows a refusal of the file at its field', () => {
    const error = { code: 'file', message: 'The file is no longer kept.', target: { type: 'field', name: 'file' } };
    renderScreen(<Field first={emptyObject} error={error} />);
    expect(screen.getByRole('alert').textContent).toContain('no longer kept');
  });
});
