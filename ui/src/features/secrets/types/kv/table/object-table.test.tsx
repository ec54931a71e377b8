import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { answerCalls, refuse } from '../../../../../ipc/testing';
import { EnterForm } from '../../../../../components/enter-form';
import { renderScreen } from '../../../../../components/render-screen';
import { DataField } from '../data-field';
import { kv } from '../kv';
import { emptyObject, objectMissing, type ObjectDraft } from '../object-draft';

function show(text: string, onSubmit = vi.fn()) {
  answerCalls({ check_value: () => null });
  const latest: { draft: ObjectDraft } = { draft: { ...emptyObject, source: 'text', text } };
  function Field() {
    const [draft, setDraft] = useState(latest.draft);
    latest.draft = draft;
    return (
      <EnterForm onSubmit={onSubmit}>
        <DataField draft={draft} onChange={setDraft} error={null} />
      </EnterForm>
    );
  }
  renderScreen(<Field />);
  return { text: () => latest.draft.text, draft: () => latest.draft, onSubmit };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
const button = (name: string) => screen.getByRole('button', { name });

async function retype(name: string, typed: string) {
  await userEvent.clear(field(name));
  await userEvent.type(field(name), typed);
}

describe('the table of an object', () => {
  it('keeps every digit of what it does not edit', async () => {
    const { text } = show('{"id": 90071992547409931234, "rate":1.0, "user": "app"}');
    expect(field('Value of id').value).toBe('90071992547409931234');
    await retype('Value of user', 'root"');
    expect(text()).toBe('{"id": 90071992547409931234, "rate":1.0, "user": "root\\""}');
  });

  it('adds the first key and goes to its name', async () => {
    const { text } = show('');
    expect(screen.getByText('No keys yet. Add the first one.')).toBeTruthy();
    await userEvent.click(button('Add key'));
    expect(document.activeElement).toBe(field('Key 1'));
    await userEvent.keyboard('user{Tab}{Tab}app');
    expect(text()).toBe('{\n  "user": "app"\n}');
  });

  it('renames a key in its place and refuses a name that is there', async () => {
    const { text, draft } = show('{"user":1,"port":2}');
    await retype('Key 1', 'port');
    expect(text()).toBe('{"por":1,"port":2}');
    expect(screen.getByText('This key is there already.')).toBeTruthy();
    expect(field('Key 1').value).toBe('port');
    expect(objectMissing(draft())?.message).toContain('marked fields');
    await userEvent.type(field('Key 1'), 's');
    expect(text()).toBe('{"ports":1,"port":2}');
    expect(objectMissing(draft())).toBeNull();
  });

  it('removes a key, goes to its neighbour, and brings it back', async () => {
    const { text } = show('{"user":1.0,"port":2}');
    await userEvent.click(button('Remove user'));
    expect(text()).toBe('{"port":2}');
    expect(document.activeElement).toBe(button('Remove port'));
    expect(screen.getByRole('status').textContent).toContain('Key “user” removed.');
    await userEvent.click(button('Undo'));
    expect(text()).toBe('{"user":1.0,"port":2}');
    expect(document.activeElement).toBe(select('Type of user'));
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('changes the type, and marks what is no number until it is one', async () => {
    const { text } = show('{"port":"5432"}');
    await userEvent.selectOptions(select('Type of port'), 'Number');
    expect(text()).toBe('{"port":5432}');
    await userEvent.type(field('Value of port'), 'x');
    expect(field('Value of port').value).toBe('5432x');
    expect(screen.getByText(/Enter a number/)).toBeTruthy();
    expect(text()).toBe('{"port":5432}');
    await userEvent.type(field('Value of port'), '{Backspace}1');
    expect(text()).toBe('{"port":54321}');
    await userEvent.selectOptions(select('Type of port'), 'True/False');
    await userEvent.selectOptions(select('Value of port'), 'False');
    expect(text()).toBe('{"port":false}');
    await userEvent.selectOptions(select('Type of port'), 'Null');
    expect(screen.queryByRole('combobox', { name: 'Value of port' })).toBeNull();
  });

  it('edits inside of objects and lists', async () => {
    const { text } = show('{"db":{"hosts":["a", "b"]}}');
    const fold = button('Expand db');
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(fold);
    expect(button('Collapse db').getAttribute('aria-expanded')).toBe('true');
    await userEvent.click(button('Add an item to hosts in db'));
    expect(document.activeElement).toBe(field('Value of item 3 in hosts in db'));
    await userEvent.keyboard('c');
    await retype('Key 1 in db', 'names');
    await userEvent.click(button('Add a key to db'));
    await userEvent.keyboard('port');
    expect(text()).toBe('{"db":{"names":["a", "b", "c"],"port":""}}');
    await userEvent.click(button('Remove item 1 in names in db'));
    expect(text()).toBe('{"db":{"names":["b", "c"],"port":""}}');
  });

  it('does not send the dialog by Enter, but begins lines by Shift and Enter', async () => {
    const { text, onSubmit } = show('{"user":"app","port":1}');
    for (const name of ['Key 1', 'Value of user', 'Value of port']) await userEvent.type(field(name), '{Enter}');
    expect(text()).toBe('{"user":"app","port":1}');
    await userEvent.type(field('Value of user'), '{Shift>}{Enter}{/Shift}b{Enter}c');
    expect(text()).toBe('{"user":"app\\nb\\nc","port":1}');
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('keeps the line ends of a text, and does not edit what a field would change', async () => {
    const { text } = show('{"pem":"a\\r\\nb","odd":"a\\rb"}');
    await userEvent.type(field('Value of pem'), 'c');
    expect(text()).toBe('{"pem":"a\\r\\nbc","odd":"a\\rb"}');
    await userEvent.type(field('Value of odd'), 'c');
    expect(text()).toContain('"odd":"a\\rb"');
  });

  it('says why there is no table, and leads to the text', async () => {
    show('{"user":1,"user":2}');
    const notice = screen.getByRole('alert');
    expect(notice.textContent).toContain('This is not a JSON object yet.');
    expect(notice.textContent).toContain('second time at line 1, column 11');
    await userEvent.click(within(notice).getByRole('button', { name: 'Go to JSON text' }));
    expect(document.activeElement).toBe(field('New object'));
  });

  it('is another view of the same text', async () => {
    const { text } = show('{ "user" : "app" }');
    await userEvent.click(screen.getByRole('tab', { name: 'Enter JSON' }));
    expect(field('New object').value).toBe('{ "user" : "app" }');
    await userEvent.type(field('New object'), '{Backspace}, "port": 1}');
    await userEvent.click(screen.getByRole('tab', { name: 'Select a file' }));
    await userEvent.click(screen.getByRole('tab', { name: 'Edit as table' }));
    expect(field('Value of port').value).toBe('1');
    expect(text()).toBe('{ "user" : "app" , "port": 1}');
    expect(kv.add.filled(kv.add.empty)).toBe(false);
  });

  it('hides values when asked to, in both views', async () => {
    show('{"user":"app"}');
    expect(field('Value of user').closest('.kt-object--masked')).toBeNull();
    await userEvent.click(screen.getByRole('switch', { name: 'Show what is typed' }));
    expect(field('Value of user').closest('.kt-object--masked')).toBeTruthy();
    await userEvent.click(screen.getByRole('tab', { name: 'Enter JSON' }));
    expect(field('New object').closest('.kt-typed--masked')).toBeTruthy();
  });

  it('tells what Rust has against the object', async () => {
    show('{"user":1}');
    answerCalls({
      check_value: () =>
        refuse({ code: 'bad_request', message: 'The object is empty.', target: { type: 'field', name: 'data' } }),
    });
    await userEvent.click(button('Remove user'));
    expect(await screen.findByText('The object is empty.')).toBeTruthy();
  });

  it('shows a page of ten thousand keys, and adds at the end', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    const { text } = show(JSON.stringify(many));
    // jsdom takes minutes to find roles and labels among so many elements
    const rows = () => [...document.querySelectorAll('tbody tr')];
    const next = document.querySelector('.cds--pagination__button--forward');
    expect(rows()).toHaveLength(100);
    expect(screen.getByText('1–100 of 10,000 rows')).toBeTruthy();
    fireEvent.click(next ?? document.body);
    expect(rows()[0]?.querySelector('input')?.value).toBe('key100');
    fireEvent.click(screen.getByText('Add key'));
    expect(rows()).toHaveLength(1);
    expect(document.activeElement).toBe(rows()[0]?.querySelector('input'));
    expect(Object.keys(JSON.parse(text()) as object)).toHaveLength(10_001);
  });
});
