import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Due } from '../../../ipc/bindings';
import { secret } from '../secret-fixture';
import { isSoonDue, momentIn, snoozedUntil } from './due-dates';
import { DueFacts } from './due-facts';
import { NextRotation } from './next-rotation';
import { OverdueMark } from './overdue-mark';

const now = new Date('2026-11-25T12:00:00Z');
const due = (over: Partial<Due> = {}): Due => ({
  by: 'reminder',
  at: '2026-11-20T12:00:00Z',
  overdue: true,
  reason: '30 days after the last rotation.',
  ...over,
});
const reminded = (until?: string) =>
  secret('db', { due: due({ overdue: !until }), reminder: { every_days: 30, snoozed_until: until ?? null } });

describe('dates of being due', () => {
  it('knows a snooze that is not over', () => {
    expect(snoozedUntil(reminded('2026-11-26T12:00:00Z'), now)).toBe('2026-11-26T12:00:00Z');
    expect(snoozedUntil(reminded('2026-11-24T12:00:00Z'), now)).toBeNull();
    expect(snoozedUntil(reminded(), now)).toBeNull();
  });

  it('has moments as the wire has them', () => {
    expect(momentIn(7, new Date('2026-11-25T12:00:00.123Z'))).toBe('2026-12-02T12:00:00Z');
  });

  it.each([
    ['2026-11-20T12:00:00Z', 'reminder', true],
    ['2026-12-01T12:00:00Z', 'reminder', true],
    ['2026-12-03T12:00:00Z', 'reminder', false],
    ['2026-11-20T12:00:00Z', 'rotation', false],
  ] as const)('finds %s by %s soon due: %s', (at, by, soon) => {
    expect(isSoonDue(secret('db', { due: due({ at, by }) }), now)).toBe(soon);
  });
});

describe('OverdueMark', () => {
  it('is a word with an icon, and says since when and why', () => {
    const { container } = render(<OverdueMark due={due({ hindrance: 'The previous version is locked.' })} />);
    expect(screen.getByText('Overdue')).toBeTruthy();
    expect(container.querySelector('svg')).toBeTruthy();
    const why = container.querySelector('[title]')?.getAttribute('title') ?? '';
    expect(why).toMatch(/^Due since Nov 20, 2026, .+ 30 days after the last rotation\. The previous version is locked\.$/);
    // a title alone is not read out
    expect(screen.getByText(why).className).toContain('visually-hidden');
  });

  it.each([undefined, null, due({ overdue: false })])('is not there for what is not overdue', (one) => {
    const { container } = render(<OverdueMark due={one} />);
    expect(container.innerHTML).toBe('');
  });
});

describe('NextRotation', () => {
  it('says when and who acts', () => {
    const { container, rerender } = render(<NextRotation secret={secret()} />);
    expect(container.textContent).toBe('—');
    rerender(<NextRotation secret={secret('a', { due: due({ by: 'rotation', overdue: false }) })} />);
    expect(container.textContent).toMatch(/Nov 20, 2026.*Automatic$/);
    rerender(<NextRotation secret={reminded('2099-01-02T12:00:00Z')} />);
    expect(container.textContent).toMatch(/Reminder.*Snoozed until Jan 2, 2099/);
  });
});

describe('DueFacts', () => {
  it('says the next date and why, and what is in the way', () => {
    const hindrance = 'Automatic rotation waits until the locks on the previous version are removed.';
    render(<DueFacts secret={secret('a', { due: due({ by: 'rotation', hindrance }) })} />);
    expect(screen.getByText('Next rotation')).toBeTruthy();
    expect(screen.getByText('30 days after the last rotation.')).toBeTruthy();
    expect(screen.getByText('Overdue')).toBeTruthy();
    expect(screen.getAllByText(hindrance, { exact: false }).length).toBeGreaterThan(0);
  });

  it('tells nothing planned from nothing possible any more', () => {
    const { rerender } = render(<DueFacts secret={secret()} />);
    expect(screen.getByText(/Nothing rotates this secret by itself/)).toBeTruthy();
    rerender(<DueFacts secret={secret('a', { reminder: { every_days: 30 } })} />);
    expect(screen.getByText(/Nothing is due any more/)).toBeTruthy();
  });
});
