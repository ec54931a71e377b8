import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { events, type Checked } from '../../../../ipc/bindings';
import { renderScreen } from '../../../../components/render-screen';
import { challenge, checked, issuance, missing, order, publicSecret, recordOf, server } from '../order-fixture';
import { isLookedAt } from '../looked-at';
import { ChallengesDialog } from './challenges-dialog';
import { arrange, button, isPrimary, open, press, rowOf, sent, world } from './challenges-scene';

beforeEach(arrange);

describe('the records of an order', () => {
  it('stand in one table, with the name for the zone, and say that one name needs two values', async () => {
    await open();
    const table = screen.getByRole('table', { name: 'TXT records' });
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map(({ textContent }) => textContent).filter(Boolean)).toEqual([
      'Domain',
      'TXT record name',
      'TXT record value',
      'Status',
      'Expires',
      'DNS check',
    ]);
    const wildcard = within(rowOf('*.example.test'));
    expect(wildcard.getByText('_acme-challenge.example.test.')).toBeTruthy();
    expect(wildcard.getByText('value-of-*.example.test')).toBeTruthy();
    expect(wildcard.getByText('Pending')).toBeTruthy();
    expect(wildcard.getByText('Not checked yet')).toBeTruthy();
    expect(await wildcard.findByText('In the zone example.test:')).toBeTruthy();
    expect(wildcard.getByText('_acme-challenge')).toBeTruthy();
    expect(screen.getByText(/needs 2 TXT records with different values at the same time/).textContent).toContain(
      'for example.test and *.example.test',
    );
    expect(screen.getByText('The order waits for your TXT records.')).toBeTruthy();
    expect(screen.getByRole('timer').textContent).toMatch(/^\d+ days \d+ hours? left$/);
  });

  it('are copied by cell, by row, and all as a zone file', async () => {
    const copied: string[] = [];
    Object.assign(document, { execCommand: () => copied.push(window.getSelection()?.toString() ?? '') > 0 });
    await open();
    await press('Copy TXT record value of example.test');
    await press('Copy record of example.test');
    await waitFor(() => expect(button('Copy all as zone file').disabled).toBe(false));
    await press('Copy all as zone file');
    expect(copied).toEqual([
      'value-of-example.test',
      'line of example.test',
      'line of example.test\nline of *.example.test\n',
    ]);
  });

  it('say where the record of a subdomain goes', async () => {
    world.shown = order({ challenges: [challenge('sub1.sub2.example.test')] });
    await open();
    expect((await screen.findByText(/^The record for sub1/)).textContent).toBe(
      'The record for sub1.sub2.example.test goes into the zone example.test under the name _acme-challenge.',
    );
  });

  it('need no work where they are valid already', async () => {
    world.shown = order({ challenges: [challenge(), challenge('b.test', { status: 'valid' })] });
    await open();
    expect(within(rowOf('b.test')).getByText('Nothing to do')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show the servers for b.test' })).toBeNull();
    await press('Show the servers for example.test');
  });
});

describe('Check DNS', () => {
  it('fills the rows as the answers come, and offers Validate when all agree', async () => {
    let finish: (all: Checked[]) => void = () => undefined;
    world.answers = [new Promise((resolve) => (finish = resolve))];
    await open();
    expect(isPrimary('Check DNS')).toBe(true);
    expect(isPrimary('Validate')).toBe(false);
    await press('Check DNS');
    await screen.findByText('Asking the name servers…');
    const wildcard = checked({ record: recordOf(challenge('*.example.test')) });
    await act(() => events.dnsRecordChecked.emit({ secret_id: 'other', checked: missing() }));
    await act(() => events.dnsRecordChecked.emit({ secret_id: 'id-shop', checked: wildcard }));
    expect(await within(rowOf('*.example.test')).findByText('Seen')).toBeTruthy();
    expect(within(rowOf('example.test')).getByText('Not checked yet')).toBeTruthy();
    finish([checked(), checked()]);
    await screen.findByText('All name servers see all records. You can validate now.');
    expect(isPrimary('Validate')).toBe(true);
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    await press('Validate');
    await screen.findByText('The certificate authority looks at the TXT records.');
    expect(sent('validate_challenges')).toEqual([{ id: 'id-shop' }]);
    expect(screen.queryByRole('button', { name: 'Validate' })).toBeNull();
  });

  it('repeats by itself until all agree, not while the window is hidden, and can be stopped', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const hide = (hidden: boolean) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
    };
    try {
      world.answers = [[missing(), missing()], [checked(), missing()], [checked(), missing()]];
      await open();
      await press('Check DNS');
      await screen.findByText('They are asked again every 10 seconds.');
      expect(sent('check_dns')).toEqual([{ id: 'id-shop', gone: false }]);
      await act(() => vi.advanceTimersByTimeAsync(10_100));
      expect(sent('check_dns')).toHaveLength(2);
      hide(true);
      await act(() => vi.advanceTimersByTimeAsync(30_000));
      expect(sent('check_dns')).toHaveLength(2);
      hide(false);
      await act(() => vi.advanceTimersByTimeAsync(10_100));
      expect(sent('check_dns')).toHaveLength(3);
      await press('Stop');
      await act(() => vi.advanceTimersByTimeAsync(30_000));
      expect(sent('check_dns')).toHaveLength(3);
      expect(within(rowOf('example.test')).getByText('Seen')).toBeTruthy();
      expect(within(rowOf('*.example.test')).getByText('Missing')).toBeTruthy();
    } finally {
      hide(false);
      vi.useRealTimers();
    }
  });

  it('shows what each server said, and the mistake in words', async () => {
    const wrong = checked({
      agreed: false,
      mistakes: [{ kind: 'other_value_only' }],
      servers: [
        server({ kind: 'wrong', values: ['old <b>value</b>'], ttl: 300 }),
        server({ kind: 'no_answer', reason: 'It did not answer in time.' }, { name: '9.9.9.9', address: '9.9.9.9', authoritative: false }),
      ],
    });
    world.answers = [[wrong, checked()]];
    await open();
    await press('Check DNS');
    const row = within(rowOf('example.test'));
    expect(await row.findByText('Wrong value at 1 of 2 servers')).toBeTruthy();
    expect(row.getByText('Of the two values for this name only the other one is there.')).toBeTruthy();
    await press('Show the servers for example.test');
    const table = screen.getByRole('table', { name: 'Servers for example.test' });
    const cells = within(table).getAllByRole('cell').map(({ textContent }) => textContent);
    expect(cells).toEqual([
      'ns1.example.test (192.0.2.1)',
      'Authoritative',
      'Wrong valueold <b>value</b>',
      '300 seconds',
      '9.9.9.9',
      'Resolver',
      'No answerIt did not answer in time.',
      '—',
    ]);
    await press('Stop');
  });

  it('tells why it could not ask, and asks again', async () => {
    world.refusals = { check_dns: { code: 'io', message: 'There is no network.' } };
    await open();
    await press('Check DNS');
    await screen.findByText('There is no network.');
    world.refusals = {};
    await press('Try again');
    await screen.findByText(/All name servers see all records/);
  });
});

describe('Validate', () => {
  it('asks before the authority looks while the records are not seen, and lets through', async () => {
    await open();
    await press('Validate');
    const question = await screen.findByRole('dialog', { name: 'Validate now?' });
    expect(question.textContent).toContain(
      'The certificate authority will look once; a failed order must be started again.',
    );
    expect(question.textContent).toContain('2 records are not seen');
    await press('Back');
    expect(sent('validate_challenges')).toEqual([]);
    await waitFor(() => expect(document.activeElement).toBe(button('Validate')));
    await press('Validate');
    await press('Validate anyway');
    await screen.findByText('The certificate authority looks at the TXT records.');
    expect(sent('validate_challenges')).toHaveLength(1);
  });

  it('asks as well where the authority must not issue', async () => {
    const forbidden = checked({ mistakes: [{ kind: 'caa_forbids', issuers: ['other.test'] }] });
    world.answers = [[forbidden, checked()]];
    await open();
    await press('Check DNS');
    await screen.findByText(/but something is not in order/);
    expect(screen.getByText('CAA records allow only other.test to issue for this domain.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(isPrimary('Validate')).toBe(false);
    await press('Validate');
    const question = await screen.findByRole('dialog', { name: 'Validate now?' });
    expect(question.textContent).toContain('something is not in order');
  });

  it('shows a refusal, and the trouble of the last try', async () => {
    world.shown = order({ trouble: 'The authority is busy.', next_try: '2099-01-01T00:00:00Z' });
    world.refusals = {
      validate_challenges: { code: 'wrong_state', message: 'The order is still being placed.', remedy: 'Wait.' },
    };
    await open();
    expect(screen.getByText(/The authority is busy\. It is tried again:/)).toBeTruthy();
    await press('Validate');
    await press('Validate anyway');
    await screen.findByText('The order is still being placed.');
  });
});

describe('the end of an order', () => {
  it('can be made by hand, after a question', async () => {
    await open();
    await press('Cancel order');
    const question = await screen.findByRole('dialog', { name: 'Cancel the order?' });
    await userEvent.click(within(question).getByRole('button', { name: 'Cancel order' }));
    await screen.findByText('The order was canceled.');
    expect(screen.getByText('The current certificate stays in force.')).toBeTruthy();
    expect(sent('cancel_order')).toEqual([{ id: 'id-shop' }]);
    expect(screen.queryByRole('button', { name: 'Cancel order' })).toBeNull();
  });

  it('tells why it failed line by line, lets one look, and starts a new order with the same options', async () => {
    world.shown = order({ stage: 'failed', rotate_keys: true, version_custom_metadata: { ticket: 'OPS-7' } });
    world.current = publicSecret({
      state: 1,
      issuance_info: issuance({ state: 3, error_message: 'No record was found.\nDNS problem: NXDOMAIN' }),
    });
    await open();
    for (const line of [
      'No record was found.',
      'The authority said: DNS problem: NXDOMAIN',
      'The current certificate stays in force.',
      'Look at the records with Check DNS, then start a new order.',
    ]) {
      expect(screen.getByText(line)).toBeTruthy();
    }
    await press('Check DNS');
    await screen.findByText('2 of 2 seen');
    await press('Start a new order');
    await screen.findByText('The order is being placed.');
    expect(sent('rotate_secret')).toEqual([
      {
        id: 'id-shop',
        form: {
          revision: 'r1',
          custom_metadata: '',
          version_custom_metadata: '{"ticket":"OPS-7"}',
          input: { secret_type: 'public_cert', rotate_keys: true },
        },
      },
    ]);
  });

  it('leaves nothing to start where it was the first order', async () => {
    world.shown = order({ stage: 'failed' });
    world.current = publicSecret({ state: 3, issuance_info: issuance({ state: 3, error_message: 'No TXT record was found.' }) });
    await open();
    expect(screen.getByText(/delete the secret and create it again/)).toBeTruthy();
    expect(button('Start a new order').disabled).toBe(true);
  });

  it('is followed by a new order that marks its records, and lists those that are obsolete', async () => {
    const kept = challenge('kept.test');
    world.shown = order({ challenges: [kept, challenge('new.test')], former: [kept, challenge('old.test')] });
    await open();
    expect(rowOf('kept.test Same').textContent).toContain('Same');
    expect(rowOf('new.test New').textContent).toContain('New');
    const obsolete = screen.getByRole('list', { name: 'Obsolete records' });
    expect(obsolete.textContent).toBe('_acme-challenge.old.test. value-of-old.test');
  });

  it('lists what is to be removed once it is issued, and looks until all of it is gone', async () => {
    world.shown = order({ stage: 'issued', former: [challenge('old.test')] });
    world.current = publicSecret({ issuance_info: issuance({ state: 1 }) });
    world.answers = [[missing(), checked(), missing()]];
    await open();
    expect(screen.getByText(/Clean up: remove these TXT records/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Validate' })).toBeNull();
    // nobody has to ask for it
    expect(await within(rowOf('*.example.test')).findByText('Still there')).toBeTruthy();
    expect(within(rowOf('example.test')).getByText('Gone')).toBeTruthy();
    expect(sent('check_dns')).toEqual([{ id: 'id-shop', gone: true }]);
    world.answers = [[missing(), missing(), missing()]];
    expect(screen.getByText('2 of 3 gone, 1 still there')).toBeTruthy();
    expect(isPrimary('Check DNS')).toBe(true);
    await press('Check DNS');
    await screen.findByText(/All of them are gone/);
    expect(isPrimary('Download')).toBe(true);
    await press('Check deployment');
    await screen.findByRole('textbox', { name: 'Host and port' });
    await userEvent.keyboard('{Escape}');
    await screen.findByText(/All of them are gone/);
    await waitFor(() => expect(document.activeElement).toBe(button('Check deployment')));
  });

  it('leaves the clean-up to a DNS provider that set the records', async () => {
    world.shown = order({ stage: 'issued' });
    world.current = publicSecret({ dns: 'bind', issuance_info: issuance({ state: 1, challenges: null }) });
    await open();
    expect(screen.getByText('The DNS provider removes the TXT records by itself.')).toBeTruthy();
    expect(isPrimary('Download')).toBe(true);
  });
});

describe('the dialog', () => {
  it('is known to show the order as long as it is open', async () => {
    const { unmount } = await open();
    expect(isLookedAt('id-shop')).toBe(true);
    unmount();
    expect(isLookedAt('id-shop')).toBe(false);
  });

  it('says that there is no order', async () => {
    world.shown = null;
    renderScreen(<ChallengesDialog secret={{ id: 'id-shop', name: 'shop' }} onClose={vi.fn()} />);
    await screen.findByText('There is no order yet. Rotate the certificate to begin one.');
  });

  it.each([
    ['placing', 'The order is being placed.'],
    ['setting_records', 'The DNS provider sets the TXT records.'],
    ['validating', 'The certificate authority looks at the TXT records.'],
    ['issuing', 'The certificate authority issues the certificate.'],
  ] as const)('has words and progress for %s', async (stage, words) => {
    world.shown = order({ stage });
    await open();
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Validate' })).toBeNull();
    expect(button('Cancel order')).toBeTruthy();
  });
});
