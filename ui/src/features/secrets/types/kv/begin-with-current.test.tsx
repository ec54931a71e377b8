import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { emptyObject, type ObjectDraft } from './object-draft';
import { RotateBody } from './rotate-body';

const current = '{"user":"app","password":"hunter2-is-the-value"}';
const question = 'What was entered as an object will be replaced.';

let calls: Call[];
let reveal: () => unknown;
let latest: ObjectDraft;

beforeEach(() => {
  reveal = () => ({ username: null, text: current, base64: null, size: 48, seconds: 15 });
  calls = answerCalls({ reveal_version: () => reveal(), check_value: () => null });
});

function Body({ first }: { first: ObjectDraft }) {
  const [draft, setDraft] = useState(first);
  const change = (next: ObjectDraft) => {
    latest = next;
    setDraft(next);
  };
  return <RotateBody secretId="id-db" draft={draft} onChange={change} error={null} />;
}

function open(over: Partial<ObjectDraft> = {}) {
  latest = { ...emptyObject, source: 'text', view: 'json', ...over };
  renderScreen(<Body first={latest} />);
}
const begin = () => screen.getByRole('button', { name: 'Begin with the current object' });
const typed = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'New object' });
const read = () => calls.filter(({ command }) => command === 'reveal_version');

describe('BeginWithCurrent', () => {
  it('puts the current object into the editor, and says that this is a read', async () => {
    open({ source: 'file' });
    expect(document.getElementById(begin().getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'counts as a read',
    );
    expect(read()).toEqual([]);
    await userEvent.click(begin());
    await waitFor(() => expect(typed().value).toBe(current));
    expect(latest).toMatchObject({ source: 'text', text: current });
    expect(read()).toEqual([{ command: 'reveal_version', args: { id: 'id-db', version: 'current' } }]);
    expect(document.activeElement).toBe(begin());
  });

  it('does not show what nobody asked to see', async () => {
    open();
    await userEvent.click(begin());
    await waitFor(() => expect(typed().value).toBe(current));
    expect(typed().closest('.kt-typed--masked')).toBeTruthy();
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'title']) {
        expect(element.getAttribute(name) ?? '').not.toContain('hunter2');
      }
    }
  });

  it('asks before it replaces what was entered, and forgets the question when that changes', async () => {
    open({ text: '{"a":1}' });
    await userEvent.click(begin());
    expect(screen.getByText(question).closest('[role="alert"]')).toBeTruthy();
    expect(read()).toEqual([]);
    await userEvent.type(typed(), ' ');
    expect(screen.queryByText(question)).toBeNull();

    await userEvent.click(begin());
    await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
    await waitFor(() => expect(typed().value).toBe(current));
    expect(screen.queryByText(question)).toBeNull();
    expect(document.activeElement).toBe(begin());
    expect(read()).toHaveLength(1);
  });

  it('does not replace what was entered while it was reading', async () => {
    let answer: (revealed: unknown) => void = () => undefined;
    reveal = () => new Promise((resolve) => (answer = resolve));
    open();
    await userEvent.click(begin());
    await userEvent.type(typed(), '7');
    answer({ username: null, text: current, base64: null, size: 48, seconds: 15 });
    expect(await screen.findByText(question)).toBeTruthy();
    expect(typed().value).toBe('7');
  });

  it('says why the object could not be read', async () => {
    reveal = () => refuse({ code: 'wrong_state', message: 'The secret has expired.' });
    open();
    await userEvent.click(begin());
    expect(await screen.findByText('The secret has expired.')).toBeTruthy();
    expect(typed().value).toBe('');
  });
});
