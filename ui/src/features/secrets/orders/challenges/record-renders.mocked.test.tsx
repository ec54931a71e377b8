import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { events, type Checked } from '../../../../ipc/bindings';
import { challenge, checked, order, recordOf } from '../order-fixture';
import { arrange, open, world } from './challenges-scene';

const drawn = vi.hoisted(() => ({ lines: 0, copies: 0 }));

// the one thing that each line does, and the one that costs most
vi.mock('./checked-words', async (importOriginal) => {
  const original = await importOriginal<typeof import('./checked-words')>();
  const verdictOf: typeof original.verdictOf = (...of) => {
    drawn.lines += 1;
    return original.verdictOf(...of);
  };
  return { ...original, verdictOf };
});
vi.mock('../../../../components/copyable-id', () => ({
  CopyableId: ({ text }: { text: string }) => {
    drawn.copies += 1;
    return <code>{text}</code>;
  },
}));

beforeEach(arrange);

const total = 100;
const shows = (text: string) => document.body.textContent.split(text).length - 1;
const challenges = Array.from({ length: total }, (_, at) => challenge(`host-${at}.example.test`));

it('draws of a hundred records those that an answer is about, once a frame, and no others', async () => {
  let finish: (all: Checked[]) => void = () => undefined;
  world.shown = order({ challenges });
  world.answers = [new Promise((resolve) => (finish = resolve))];
  await open();
  await waitFor(() => expect(shows('In the zone example.test:')).toBe(total));
  fireEvent.click(screen.getByText('Check DNS'));
  await screen.findByText('Asking the name servers…');

  drawn.lines = 0;
  drawn.copies = 0;
  const all = challenges.map((one) => ({ ...checked(), record: recordOf(one) }));
  await act(async () => {
    const told = all.slice(0, 40).map((one) => events.dnsRecordChecked.emit({ secret_id: 'id-shop', checked: one }));
    await Promise.all(told);
  });
  await waitFor(() => expect(shows('Seen')).toBe(40));
  expect(drawn.lines).toBe(40);

  await act(async () => {
    finish(all);
    await Promise.resolve();
  });
  await waitFor(() => expect(shows('Seen')).toBe(total));
  // the answers that came before say the same, so that their lines stay
  expect(drawn).toEqual({ lines: total, copies: 0 });
});
