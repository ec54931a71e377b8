import { focusManager } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import type { Checked, OrderView, Problem, SecretView } from '../../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { checked, issuance, order, publicSecret, recordOf } from '../order-fixture';
import { ChallengesDialog } from './challenges-dialog';
import { openRecords, setRecords } from './records';

type World = {
  current: SecretView;
  shown: OrderView | null;
  /** What look-ups answer, one after the other; then, that all is seen. Each is stamped with its record. */
  answers: (Checked[] | Promise<Checked[]>)[];
  /** What the search for zones waits for. */
  zones: Promise<void> | null;
  /** What a command is refused with, if it is. */
  refusals: Partial<Record<string, Problem>>;
  calls: Call[];
};

/** What is behind the dialog in unit tests. */
export const world: World = { current: publicSecret(), shown: order(), answers: [], zones: null, refusals: {}, calls: [] };

export function arrange(): void {
  focusManager.setFocused(undefined);
  Object.assign(world, { current: publicSecret(), shown: order(), answers: [], zones: null, refusals: {} });
  world.calls = answerCalls({
    get_secret: () => world.current,
    get_order: () => {
      refused('get_order');
      return world.shown;
    },
    find_zones: async () => {
      refused('find_zones');
      await world.zones;
      return world.shown?.challenges.map(() => ({ zone: 'example.test', relative_name: '_acme-challenge' }));
    },
    zone_file: () => {
      refused('zone_file');
      return zoneLines();
    },
    check_dns: ({ gone }: { gone: boolean }) => {
      refused('check_dns');
      return nextAnswer(gone);
    },
    validate_challenges: () => {
      refused('validate_challenges');
      world.shown = order({ stage: 'validating' });
      return null;
    },
    cancel_order: () => {
      refused('cancel_order');
      world.shown = order({ stage: 'failed' });
      const failed = issuance({ state: 3, error_code: 'canceled', error_message: 'The order was canceled.' });
      world.current = publicSecret({ state: 1, issuance_info: failed });
      return null;
    },
    rotate_secret: () => {
      refused('rotate_secret');
      world.shown = order({ stage: 'placing', challenges: [] });
      return {};
    },
  });
}

function refused(command: string): void {
  const refusal = world.refusals[command];
  if (refusal) refuse(refusal);
}

/** Lets the dialog read again what it shows, as a window does that comes to the front. */
export function readAgain(): void {
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });
}

async function nextAnswer(gone: boolean): Promise<Checked[]> {
  const records = world.shown ? (gone ? setRecords : openRecords)(world.shown) : [];
  const answers = (await world.answers.shift()) ?? records.map(() => checked());
  // their order is no matter
  return records
    .map((record, at) => ({ ...(answers[at] ?? checked()), record: recordOf(record) }))
    .reverse();
}

function zoneLines() {
  const { shown } = world;
  if (!shown) return [];
  const open = openRecords(shown);
  return setRecords(shown).map((record) => ({
    record: recordOf(record),
    line: `line of ${record.domain}`,
    open: open.includes(record),
  }));
}

export async function open() {
  const onClose = vi.fn();
  const { unmount } = renderScreen(<ChallengesDialog secret={{ id: 'id-shop', name: 'shop' }} onClose={onClose} />);
  await screen.findAllByRole('status');
  return { onClose, unmount };
}

export const sent = (command: string) =>
  world.calls.filter((call) => call.command === command).map(({ args }) => args);
export const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
export const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
export const isPrimary = (name: string) => button(name).classList.contains('cds--btn--primary');
export const rowOf = (domain: string) => screen.getByRole('cell', { name: domain }).closest('tr') as HTMLElement;
