import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { EnterForm } from '../../../components/enter-form';
import { autoRotation, noAutoRotation, type AutoRotation } from './auto-rotation';
import { AutoRotationField } from './auto-rotation-field';
import { reminderDraft, type ReminderDraft } from './reminder';
import { ReminderField } from './reminder-field';

// user-event walks radio buttons by a selector; jsdom has no CSS of its own
vi.stubGlobal('CSS', { escape: (text: string) => text });

let rotation: AutoRotation;
let reminder: ReminderDraft;
const hearRotation = (draft: AutoRotation) => (rotation = draft);
const hearReminder = (draft: ReminderDraft) => (reminder = draft);
const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
const count = (name: string) => screen.getByRole<HTMLInputElement>('spinbutton', { name });

function Automatic({ error }: { error?: string }) {
  const [draft, setDraft] = useState(noAutoRotation);
  return <AutoRotationField rotation={draft} onChange={(next) => setDraft(hearRotation(next))} error={error} />;
}

function Reminding() {
  const [draft, setDraft] = useState<ReminderDraft>(null);
  return <ReminderField reminder={draft} onChange={(next) => setDraft(hearReminder(next))} />;
}

describe('AutoRotationField', () => {
  it('is off at first, then every 30 days, and takes another interval with its unit', async () => {
    render(<Automatic />);
    const toggle = screen.getByRole('switch', { name: /Automatic rotation/ });
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    expect(screen.queryByRole('radio')).toBeNull();
    await userEvent.click(toggle);
    expect(radio('30 days').checked).toBe(true);
    await userEvent.click(radio('90 days'));
    expect(rotation).toMatchObject({ on: true, interval: { count: 90, unit: 'day' } });

    await userEvent.click(radio('Other…'));
    expect(count('Interval').value).toBe('90');
    await userEvent.clear(count('Interval'));
    expect(screen.getByText('The interval is 1 day to 24 months.')).toBeTruthy();
    await userEvent.type(count('Interval'), '18');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Unit' }), 'Months');
    expect(rotation.interval).toEqual({ own: true, count: 18, unit: 'month' });
    expect(screen.queryByText('The interval is 1 day to 24 months.')).toBeNull();
  });

  it('is chosen by keyboard', async () => {
    render(<Automatic />);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    await userEvent.tab();
    expect(document.activeElement).toBe(radio('30 days'));
    await userEvent.keyboard('{ArrowDown}');
    expect(rotation.interval.count).toBe(60);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(radio('Other…').checked).toBe(true);
    await userEvent.tab();
    expect(document.activeElement).toBe(count('Interval'));
  });

  it('shows a refusal at the chosen interval, where the form finds it', async () => {
    const refused = 'The current version would expire first.';
    const form = (error: object | null) => (
      <EnterForm onSubmit={() => undefined} error={error}>
        <Automatic error={refused} />
      </EnterForm>
    );
    const { rerender } = render(form(null));
    await userEvent.click(screen.getByRole('switch', { name: /Automatic rotation/ }));
    expect(screen.getByRole('group', { name: 'Rotate every', description: refused })).toBeTruthy();
    rerender(form({}));
    expect(document.activeElement).toBe(radio('30 days'));
    await userEvent.click(radio('Other…'));
    expect(screen.getAllByText(refused)).toHaveLength(1);
    expect(count('Interval').getAttribute('aria-invalid')).toBe('true');
  });

  it('follows a secret that is read anew, also while the number shows', () => {
    const field = (interval: number) => (
      <AutoRotationField
        rotation={autoRotation({ auto_rotate: true, interval, unit: 'day' })}
        onChange={() => undefined}
      />
    );
    const { rerender } = render(field(45));
    expect(count('Interval').value).toBe('45');
    rerender(field(50));
    expect(count('Interval').value).toBe('50');
  });
});

describe('ReminderField', () => {
  it('is off until an interval is chosen, and off again', async () => {
    render(<Reminding />);
    expect(radio('Off').checked).toBe(true);
    await userEvent.click(radio('Every 60 days'));
    expect(reminder).toEqual(reminderDraft({ every_days: 60 }));
    await userEvent.click(radio('Other…'));
    await userEvent.clear(count('Days'));
    await userEvent.type(count('Days'), '4000');
    expect(screen.getByText('A reminder comes every 1 to 3,650 days.')).toBeTruthy();
    expect(screen.queryByRole('combobox')).toBeNull();
    await userEvent.click(radio('Off'));
    expect(reminder).toBeNull();
    expect(screen.queryByRole('spinbutton')).toBeNull();
  });
});
