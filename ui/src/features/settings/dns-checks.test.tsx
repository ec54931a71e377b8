import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { DnsLookup, Problem } from '../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { DnsChecks } from './dns-checks';

const usual: Required<DnsLookup> = {
  resolvers: ['1.1.1.1', '8.8.8.8'],
  authoritative_only: false,
  discovery: [],
  authoritative_port: 53,
};

let calls: Call[];
let lookup: DnsLookup;
let refusal: Problem | null;
let unread: boolean;
let slowly: Promise<void> | null;

beforeEach(() => {
  lookup = usual;
  refusal = null;
  unread = false;
  slowly = null;
  calls = answerCalls({
    default_dns_lookup: () => usual,
    get_dns_lookup: () => (unread ? refuse({ code: 'io', message: 'The disk is gone.' }) : lookup),
    set_dns_lookup: async ({ lookup: next }: { lookup: DnsLookup }) => {
      await slowly;
      return refusal ? refuse(refusal) : (lookup = { ...usual, ...next });
    },
  });
  renderScreen(
    <main tabIndex={-1}>
      <Pages />
    </main>,
  );
});

function Pages() {
  const [there, setThere] = useState(true);
  return (
    <>
      <button onClick={() => setThere(!there)}>Another page</button>
      {there && <DnsChecks />}
    </>
  );
}

const sent = () => calls.filter(({ command }) => command === 'set_dns_lookup').map(({ args }) => args);
const resolvers = () => screen.findByLabelText<HTMLTextAreaElement>('Resolvers');
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save DNS checks' });
const another = () => screen.getByRole('button', { name: 'Another page' });
const port = () => screen.getByLabelText<HTMLInputElement>('Port of authoritative servers');

async function replace(field: HTMLElement, text: string) {
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
}

describe('DnsChecks', () => {
  it('saves all of it at once', async () => {
    expect((await resolvers()).value).toBe('1.1.1.1\n8.8.8.8');
    expect(saveButton().disabled).toBe(true);
    await replace(await resolvers(), '192.0.2.53:5353\n\n[2001:db8::1]:53\n');
    await userEvent.click(screen.getByRole('switch', { name: /Authoritative servers only/ }));
    await replace(screen.getByLabelText('Servers for finding zones'), '10.0.0.1');
    await userEvent.clear(port());
    await userEvent.type(port(), '5300');
    await userEvent.click(saveButton());
    await screen.findByText('Saved');
    expect(sent()).toEqual([
      {
        lookup: {
          resolvers: ['192.0.2.53:5353', '[2001:db8::1]:53'],
          authoritative_only: true,
          discovery: ['10.0.0.1'],
          authoritative_port: 5300,
        },
      },
    ]);
    expect((await resolvers()).value).toBe('192.0.2.53:5353\n[2001:db8::1]:53');
    await waitFor(async () => expect(document.activeElement).toBe(await resolvers()));
  });

  it('shows a refusal at its field, and keeps what was typed', async () => {
    for (const [name, label] of [
      ['resolvers', 'Resolvers'],
      ['discovery', 'Servers for finding zones'],
    ] as const) {
      refusal = {
        code: 'bad_request',
        message: `"ns1" is no address of ${name}.`,
        remedy: 'Enter addresses such as 192.0.2.53.',
        target: { type: 'field', name },
      };
      const field = await screen.findByLabelText<HTMLTextAreaElement>(label);
      await replace(field, 'ns1');
      await userEvent.click(saveButton());
      await screen.findByText(`"ns1" is no address of ${name}. Enter addresses such as 192.0.2.53.`);
      expect(document.activeElement).toBe(field);
      expect(field.value).toBe('ns1');
    }
    expect(screen.queryByText('Saved')).toBeNull();
    expect(document.querySelector('.kt-problem')).toBeNull();
  });

  it('takes ports only', async () => {
    await resolvers();
    await userEvent.clear(port());
    await userEvent.type(port(), '65536');
    expect(screen.getByText('A whole number from 1 to 65535.')).toBeTruthy();
    expect(saveButton().disabled).toBe(true);
    await userEvent.clear(port());
    await userEvent.type(port(), '53');
    expect(screen.queryByText('A whole number from 1 to 65535.')).toBeNull();
    expect(saveButton().disabled).toBe(true);
  });

  it('fills in the defaults, which Rust knows, and stores them with Save alone', async () => {
    const restore = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Restore defaults' });
    await resolvers();
    expect(restore().disabled).toBe(true);
    await replace(await resolvers(), '10.0.0.1');
    await userEvent.clear(port());
    await userEvent.type(port(), '5300');
    await userEvent.click(saveButton());
    await screen.findByText('Saved');
    await userEvent.click(restore());
    expect((await resolvers()).value).toBe('1.1.1.1\n8.8.8.8');
    expect(port().value).toBe('53');
    expect(restore().disabled).toBe(true);
    expect(document.activeElement).toBe(await resolvers());
    expect(sent()).toHaveLength(1);
    await userEvent.click(saveButton());
    await screen.findByText('Saved');
    expect(sent().at(-1)).toEqual({ lookup: usual });
    expect(saveButton().disabled).toBe(true);
  });

  it('keeps what is typed while it is saved', async () => {
    let answer: () => void = () => undefined;
    slowly = new Promise((resolve) => (answer = resolve));
    await replace(await resolvers(), '10.0.0.1');
    await userEvent.click(saveButton());
    await replace(await resolvers(), '10.0.0.2');
    await replace(screen.getByLabelText('Servers for finding zones'), '10.0.0.3');
    answer();
    await waitFor(() => expect(lookup.resolvers).toEqual(['10.0.0.1']));
    expect((await resolvers()).value).toBe('10.0.0.2');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Servers for finding zones').value).toBe('10.0.0.3');
    expect(screen.queryByText('Saved')).toBeNull();
    await userEvent.click(saveButton());
    await screen.findByText('Saved');
    expect(lookup).toMatchObject({ resolvers: ['10.0.0.2'], discovery: ['10.0.0.3'] });
  });

  it('keeps what was typed while one looks at another page', async () => {
    await replace(await resolvers(), '10.0.0.1');
    await userEvent.clear(port());
    await userEvent.type(port(), '5300');
    await userEvent.click(another());
    expect(screen.queryByLabelText('Resolvers')).toBeNull();
    await userEvent.click(another());
    expect((await resolvers()).value).toBe('10.0.0.1');
    expect(port().value).toBe('5300');
    expect(sent()).toEqual([]);
  });

  it('says when it is not saved for another reason', async () => {
    await replace(await resolvers(), '10.0.0.1');
    refusal = { code: 'io', message: 'The settings cannot be written.' };
    await userEvent.click(saveButton());
    await screen.findByText('The settings cannot be written.');
    expect(screen.queryByText('Saved')).toBeNull();
    expect((await resolvers()).value).toBe('10.0.0.1');
  });
});

describe('DnsChecks that cannot be read', () => {
  it('says so, and tries again', async () => {
    await resolvers();
    unread = true;
    renderScreen(<DnsChecks />);
    await screen.findByText('The disk is gone.');
    unread = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('The disk is gone.')).toBeNull());
  });
});
