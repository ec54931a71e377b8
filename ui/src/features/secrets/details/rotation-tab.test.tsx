import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PolicyOutlook, Problem, RotationPolicy, SecretEdit, SecretView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { secret } from '../secret-fixture';
import { DetailsPanel } from './details-panel';

const misfit: Problem = {
  code: 'Error02009',
  message: 'The current version would expire first.',
  target: { type: 'field', name: 'rotation' },
  remedy: 'Rotate first, choose a shorter interval, or a later expiration date.',
};
const moved: Problem = { code: 'conflict', message: 'local:kim changed the secret.' };
const due = { by: 'reminder', at: '2026-01-01T00:00:00Z', overdue: true, reason: '30 days after the last rotation.' } as const;
const reminded = secret('db-password', { reminder: { every_days: 30 }, due });

let calls: Call[];
let shown: SecretView;
let outlook: PolicyOutlook;
let unknown: Problem | null;
let refusals: Problem[];

const argsOf = <Args,>(command: string) => calls.filter((call) => call.command === command).map(({ args }) => args as Args);
const edits = () => argsOf<{ edit: SecretEdit; revision: string }>('edit_secret');
const previews = () => argsOf<{ edit: SecretEdit }>('preview_policy').map(({ edit }) => edit);

function credentials(rotation: RotationPolicy, over: Partial<SecretView> = {}): SecretView {
  const base = secret();
  const type = { secret_type: 'username_password', rotation, password_generation_policy: {} } as const;
  return { ...base, metadata: { ...base.metadata, ...type }, rotates_alone: true, ...over };
}

beforeEach(() => {
  shown = credentials({ auto_rotate: false });
  outlook = { at_once: false, next: '2026-12-24T10:00:00Z', effect: 'It rotates, and then every 30 days.' };
  unknown = null;
  refusals = [];
  calls = answerCalls({
    get_secret: () => shown,
    preview_policy: () => (unknown ? refuse(unknown) : outlook),
    edit_secret: ({ edit }: { edit: SecretEdit }) => {
      const refusal = refusals.shift();
      if (refusal) refuse(refusal);
      const reminder = edit.reminder?.kind === 'set' ? edit.reminder.reminder : (shown.reminder ?? null);
      shown = { ...shown, reminder, revision: `${shown.revision}'` };
      return shown;
    },
    list_labels: () => [],
    list_groups: () => [],
    check_fields: () => [],
  });
});

async function open() {
  const onSaved = vi.fn();
  renderScreen(
    <ToastHost>
      <DetailsPanel secret={{ id: 'id-db-password', name: 'db-password' }} onSaved={onSaved} onClose={() => undefined} />
    </ToastHost>,
  );
  await userEvent.click(await screen.findByRole('tab', { name: 'Rotation' }));
  return onSaved;
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const toggle = () => screen.getByRole('switch', { name: /Automatic rotation/ });
const pick = (name: string) => userEvent.click(screen.getByRole('radio', { name }));

describe('Rotation of a secret that can rotate alone', () => {
  it('tells before saving what automatic rotation would do, and saves the policy alone', async () => {
    outlook.effect = 'It rotates at 2026-12-24T10:00:00Z, and then every 60 days.';
    const onSaved = await open();
    await userEvent.click(toggle());
    await pick('60 days');
    expect(await screen.findByText(/^It rotates at Dec 24, 2026, .+, and then every 60 days\.$/)).toBeTruthy();
    expect(edits()).toEqual([]);
    const rotation = { auto_rotate: true, interval: 60, unit: 'day' };
    expect(previews().at(-1)).toEqual({ rotation });
    expect(screen.queryByRole('group', { name: 'Reminder' })).toBeNull();
    await press('Save');
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(edits()).toMatchObject([{ edit: { rotation }, revision: 'r1' }]);
  });

  it('warns when it would rotate at once', async () => {
    outlook = { at_once: true, next: null, effect: 'It rotates at once, because it was due.' };
    await open();
    await userEvent.click(toggle());
    expect(await screen.findByText('Rotates at once when you save.')).toBeTruthy();
    expect(screen.getByText(outlook.effect)).toBeTruthy();
    await userEvent.click(toggle());
    await waitFor(() => expect(screen.queryByText('Rotates at once when you save.')).toBeNull());
  });

  it('shows at the interval what keeps it from being saved, with the remedy and without the effect', async () => {
    outlook.hindrance = misfit;
    await open();
    await userEvent.click(toggle());
    const message = `${misfit.message} ${misfit.remedy ?? ''}`;
    expect(await screen.findByRole('group', { name: 'Rotate every', description: message })).toBeTruthy();
    expect(screen.queryByText(outlook.effect)).toBeNull();
  });

  it('goes back to the interval that is refused on saving', async () => {
    refusals = [misfit];
    const onSaved = await open();
    await userEvent.click(toggle());
    await userEvent.click(screen.getByRole('tab', { name: 'General' }));
    await press('Save');
    await screen.findByText(/The current version would expire first/);
    expect(screen.getByRole('tab', { name: 'Rotation' }).getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('radio', { name: '30 days' })));
    expect(onSaved).not.toHaveBeenCalled();
    await pick('60 days');
    expect(screen.queryByText(/would expire first/)).toBeNull();
  });

  it('asks nothing and saves nothing as long as the interval is not whole', async () => {
    await open();
    await userEvent.click(toggle());
    await pick('Other…');
    await userEvent.clear(screen.getByRole('spinbutton', { name: 'Interval' }));
    await press('Save');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('spinbutton', { name: 'Interval' })));
    expect(edits()).toEqual([]);
    expect(JSON.stringify(previews())).not.toContain('null');
  });

  it('shows the date and the reason of what is saved, and lets a policy be ended', async () => {
    shown = credentials(
      { auto_rotate: true, interval: 1, unit: 'month' },
      { due: { by: 'rotation', at: '2099-01-02T12:00:00Z', overdue: false, reason: '1 month after the last rotation.' } },
    );
    await open();
    expect(screen.getByText('1 month after the last rotation.')).toBeTruthy();
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Unit' }).value).toBe('month');
    expect(screen.queryByRole('button', { name: 'Snooze' })).toBeNull();
    await userEvent.click(toggle());
    await pick('Every 90 days');
    await press('Save');
    await waitFor(() =>
      expect(edits()).toMatchObject([
        {
          edit: {
            rotation: { auto_rotate: false },
            reminder: { kind: 'set', reminder: { every_days: 90 } },
          },
        },
      ]),
    );
  });

  it('tells at the date when it does not fit the interval', async () => {
    shown = credentials({ auto_rotate: true, interval: 90, unit: 'day' });
    outlook.hindrance = misfit;
    await open();
    await userEvent.click(screen.getByRole('tab', { name: 'Expiration' }));
    await userEvent.click(screen.getByRole('switch', { name: /Expiration/ }));
    await waitFor(() => expect(screen.getByLabelText('Expiration date').getAttribute('aria-invalid')).toBe('true'));
    expect(Object.keys(previews().at(-1) ?? {})).toEqual(['expiration_date']);
  });

  it('says why what would happen is not known, and asks again', async () => {
    unknown = { code: 'busy', message: 'The vault is busy.' };
    await open();
    await userEvent.click(toggle());
    expect((await screen.findByRole('alert')).textContent).toContain('The vault is busy.');
    unknown = null;
    await press('Try again');
    expect(await screen.findByText(outlook.effect)).toBeTruthy();
  });
});

describe('Rotation of a secret whose value comes from a person', () => {
  it('offers a reminder, and says why nothing more', async () => {
    shown = secret();
    await open();
    expect(screen.queryByRole('switch', { name: /Automatic rotation/ })).toBeNull();
    expect(screen.getByText(/cannot rotate by themselves/)).toBeTruthy();
    await pick('Every 30 days');
    await press('Save');
    await waitFor(() =>
      expect(edits()).toMatchObject([{ edit: { reminder: { kind: 'set', reminder: { every_days: 30 } } } }]),
    );
  });

  it('snoozes at once, keeps what is not saved yet, and gives the focus back', async () => {
    shown = reminded;
    const before = Date.now();
    const onSaved = await open();
    await userEvent.click(screen.getByRole('tab', { name: 'General' }));
    await userEvent.type(screen.getByLabelText('Description'), 'mine');
    await userEvent.click(screen.getByRole('tab', { name: 'Rotation' }));
    const button = screen.getByRole('button', { name: 'Snooze' });
    button.focus();
    await userEvent.keyboard('{Enter}');
    const items = within(screen.getByRole('menu', { name: 'Snooze' })).getAllByRole('menuitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(['1 day', '1 week', '30 days']);
    await userEvent.click(screen.getByRole('menuitem', { name: '1 week' }));
    await screen.findByRole('button', { name: 'Wake now' });
    await screen.findByText('Snoozed db-password');
    expect(document.activeElement).toBe(button);

    const [sent] = edits();
    expect(sent?.revision).toBe('r1');
    const reminder = sent?.edit.reminder;
    if (reminder?.kind !== 'set') throw new Error('no reminder was sent');
    expect(reminder.reminder.every_days).toBe(30);
    expect(reminder.reminder.snoozed_until).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const until = new Date(reminder.reminder.snoozed_until ?? '').getTime();
    expect(Math.abs(until - before - 7 * 86_400_000)).toBeLessThan(60_000);
    expect(onSaved).not.toHaveBeenCalled();

    await press('Save');
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(edits().at(-1)).toMatchObject({ edit: { description: 'mine' }, revision: "r1'" });
  });

  it('wakes a reminder, and leaves the focus beside it', async () => {
    shown = { ...reminded, reminder: { every_days: 30, snoozed_until: '2099-01-01T00:00:00Z' } };
    await open();
    expect(screen.getByText('Snoozed until', { selector: 'dt' })).toBeTruthy();
    const wake = screen.getByRole('button', { name: 'Wake now' });
    wake.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Wake now' })).toBeNull());
    expect(edits()).toMatchObject([{ edit: { reminder: { kind: 'set', reminder: { every_days: 30 } } } }]);
    expect(JSON.stringify(edits())).not.toContain('snoozed_until');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Snooze' })));
  });

  it('shows a conflict of a snooze, and snoozes what was read again', async () => {
    shown = reminded;
    refusals = [moved];
    await open();
    await press('Snooze');
    await userEvent.click(screen.getByRole('menuitem', { name: '1 day' }));
    expect((await screen.findByRole('alert')).textContent).toContain(moved.message);
    shown = { ...shown, revision: 'r2' };
    await press('Reload and review');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await press('Snooze');
    await userEvent.click(screen.getByRole('menuitem', { name: '30 days' }));
    await waitFor(() => expect(edits().map(({ revision }) => revision)).toEqual(['r1', 'r2']));
  });

  it('says why a reminder cannot be snoozed yet', async () => {
    shown = { ...reminded, due: { ...due, at: '2099-01-01T00:00:00Z', overdue: false } };
    await open();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Snooze' }).disabled).toBe(true);
    const group = screen.getByRole('group', { name: 'Snooze the reminder' });
    const reason = document.getElementById(group.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('It can be snoozed from 7 days before its date.');
  });

  it('says with the reason of the role that nothing can be saved', async () => {
    shown = { ...reminded, availability: { edit: 'Your role may not change secrets.' } };
    await open();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Snooze' }).disabled).toBe(true);
    expect(screen.getAllByText('Your role may not change secrets.').length).toBeGreaterThan(0);
  });
});

describe('Rotation of IAM credentials', () => {
  const iam = (over: object = {}): SecretView => {
    const base = secret();
    const type = {
      secret_type: 'iam_credentials',
      ttl: '30d',
      service_id_is_static: false,
      reuse_api_key: true,
      rotation: { auto_rotate: false },
    } as const;
    return { ...base, metadata: { ...base.metadata, ...type, ...over }, rotates_alone: true };
  };
  const lease = () => screen.getByRole('textbox', { name: 'Lease duration' });

  it('changes lease and policy together, and asks about both', async () => {
    shown = iam();
    const onSaved = await open();
    await userEvent.clear(lease());
    await press('Save');
    expect(await screen.findByText('Enter how long an API key lives.')).toBeTruthy();
    await userEvent.type(lease(), '60');
    await userEvent.click(toggle());
    await waitFor(() =>
      expect(previews().at(-1)).toEqual({ ttl: '1440h', rotation: { auto_rotate: true, interval: 30, unit: 'day' } }),
    );
    await press('Save');
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(edits().at(-1)?.edit).toEqual({ ttl: '1440h', rotation: { auto_rotate: true, interval: 30, unit: 'day' } });
  });

  it('says why keys that are not reused cannot be rotated', async () => {
    shown = iam({ reuse_api_key: false, rotation: null });
    await open();
    expect(screen.queryByRole('switch', { name: /Automatic rotation/ })).toBeNull();
    expect(screen.getByText(/there is none that could be rotated/)).toBeTruthy();
    expect(lease()).toBeTruthy();
  });
});
