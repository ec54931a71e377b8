import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { events, type Checked } from '../../../../ipc/bindings';
import { challenge, checked, issuance, missing, order, publicSecret, recordOf } from '../order-fixture';
import { arrange, button, open, press, readAgain, rowOf, sent, world } from './challenges-scene';

beforeEach(arrange);

const busy = { code: 'wrong_state', message: 'The order is busy.' } as const;

function held(): { answer: Promise<Checked[]>; finish: (all: Checked[]) => void } {
  let finish: (all: Checked[]) => void = () => undefined;
  const answer = new Promise<Checked[]>((resolve) => (finish = resolve));
  return { answer, finish };
}

describe('a question', () => {
  it('says so when all records are seen underneath', async () => {
    const { answer, finish } = held();
    world.answers = [answer];
    await open();
    await press('Check DNS');
    await press('Validate');
    const question = await screen.findByRole('dialog', { name: 'Validate now?' });
    expect(question.textContent).toContain('2 records are not seen');
    act(() => finish([checked(), checked()]));
    await within(question).findByText(/All records are seen now\./);
    expect(within(question).queryByText(/not seen/)).toBeNull();
    await act(async () => {
      within(question).getByRole('button', { name: 'Validate' }).click();
      await Promise.resolve();
    });
    await screen.findByText('The certificate authority looks at the TXT records.');
  });

  it.each(['Validate', 'Cancel order'])('of %s goes when the order goes on', async (name) => {
    await open();
    await press(name);
    await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2));
    world.shown = order({ stage: 'validating' });
    readAgain();
    await screen.findByText('The certificate authority looks at the TXT records.');
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
  });
});

describe('a refusal', () => {
  async function refuseValidation(): Promise<void> {
    world.refusals = { validate_challenges: busy };
    await open();
    await press('Validate');
    await press('Validate anyway');
    await screen.findByText(busy.message);
  }

  it('goes when something else begins', async () => {
    await refuseValidation();
    await press('Cancel order');
    world.refusals = { cancel_order: { code: 'io', message: 'The disk is full.' } };
    const question = await screen.findByRole('dialog', { name: 'Cancel the order?' });
    act(() => within(question).getByRole('button', { name: 'Cancel order' }).click());
    await screen.findByText('The disk is full.');
    expect(screen.queryByText(busy.message)).toBeNull();
  });

  it('goes with the stage', async () => {
    await refuseValidation();
    world.shown = order({ stage: 'issuing' });
    readAgain();
    await screen.findByText('The certificate authority issues the certificate.');
    expect(screen.queryByText(busy.message)).toBeNull();
  });
});

describe('what cannot be read', () => {
  it('is told while the order stays in sight, and is read again', async () => {
    await open();
    world.refusals = { get_order: { code: 'io', message: 'The vault cannot be read.' } };
    readAgain();
    await screen.findByText('The vault cannot be read.');
    expect(screen.getByRole('table', { name: 'TXT records' })).toBeTruthy();
    world.refusals = {};
    await press('Try again');
    await waitFor(() => expect(screen.queryByText('The vault cannot be read.')).toBeNull());
  });

  it.each(['find_zones', 'zone_file'])('is told of %s, too', async (command) => {
    world.refusals = { [command]: { code: 'io', message: 'There is no network.' } };
    await open();
    await screen.findByText('There is no network.');
    world.refusals = {};
    await press('Try again');
    await waitFor(() => expect(screen.queryByText('There is no network.')).toBeNull());
    await within(rowOf('example.test')).findByText('In the zone example.test:');
    await waitFor(() => expect(button('Copy all as zone file').disabled).toBe(false));
  });

  it('has its place kept while zones are being found', async () => {
    let find: () => void = () => undefined;
    world.zones = new Promise((resolve) => (find = resolve));
    await open();
    const sought = () => rowOf('example.test').querySelector('.cds--skeleton__text');
    expect(sought()).toBeTruthy();
    act(() => find());
    await within(rowOf('example.test')).findByText('In the zone example.test:');
    expect(sought()).toBeNull();
  });
});

describe('the sum of a look-up', () => {
  it('stands above the table as it comes and after Stop, and is the one thing that is read out', async () => {
    const { answer, finish } = held();
    world.answers = [answer];
    await open();
    const sum = screen.getByText('Nothing was looked up yet. Choose Check DNS.').closest('[role="status"]');
    const table = screen.getByRole('table', { name: 'TXT records' });
    expect(sum?.compareDocumentPosition(table)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await press('Check DNS');
    const asking = await screen.findByText('Asking the name servers…');
    expect(asking.closest('[role="status"], [aria-live]')).toBeNull();
    const noise = '[aria-live="assertive"], [aria-live="polite"]';
    expect([...document.querySelectorAll(noise)].filter((part) => !part.closest('[aria-hidden="true"]'))).toEqual([]);
    expect(sum?.getAttribute('aria-busy')).toBe('true');
    await act(() =>
      events.dnsRecordChecked.emit({ secret_id: 'id-shop', checked: { ...missing(), record: recordOf(challenge()) } }),
    );
    await waitFor(() => expect(sum?.textContent).toBe('0 of 2 seen, 1 missing, 1 not checked yet'));
    await press('Stop');
    act(() => finish([missing(), checked()]));
    await waitFor(() => expect(sum?.getAttribute('aria-busy')).toBe('false'));
    expect(sum?.textContent).toBe('1 of 2 seen, 1 missing');
  });

  it('makes the banner say that one can validate', async () => {
    await open();
    await press('Check DNS');
    await screen.findByText('All records are seen.');
    expect(screen.queryByText('The order waits for your TXT records.')).toBeNull();
  });
});

describe('a new order', () => {
  it('is not looked at by itself, as nobody has set its records yet', async () => {
    world.shown = order({ stage: 'failed' });
    world.answers = [[missing(), missing()]];
    await open();
    await press('Check DNS');
    await screen.findByText('0 of 2 seen, 2 missing');
    await press('Start a new order');
    await screen.findByText('The order is being placed.');
    world.shown = order({ challenges: [challenge('next.test')] });
    readAgain();
    await screen.findByText('The order waits for your TXT records.');
    expect(screen.getByText('Nothing was looked up yet. Choose Check DNS.')).toBeTruthy();
    expect(sent('check_dns')).toHaveLength(1);
  });
});

describe('the clean-up', () => {
  it('is looked at by itself as soon as the certificate is issued, until one stops it', async () => {
    await open();
    await press('Check DNS');
    await screen.findByText('All records are seen.');
    world.shown = order({ stage: 'issued' });
    world.current = publicSecret({ issuance_info: issuance({ state: 1 }) });
    readAgain();
    await screen.findByText('0 of 2 gone, 2 still there');
    await press('Stop');
    expect(screen.queryByText('They are asked again every 10 seconds.')).toBeNull();
    expect(sent('check_dns')).toEqual([
      { id: 'id-shop', gone: false },
      { id: 'id-shop', gone: true },
    ]);
  });
});
