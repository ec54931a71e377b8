import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { askForDialog } from '../asked-dialog';
import { secret } from '../secret-fixture';
import { showSecrets } from '../secrets-page-fixture';
import { isOrdering, orderStatus } from './issuance';
import { issuance, order, publicSecret } from './order-fixture';
import { timeLeft } from './time-left-words';

const words = (state: number, orderState: number) =>
  orderStatus(
    publicSecret({ state, issuance_info: issuance({ state: orderState, error_message: 'No TXT record.' }) }).metadata,
  );

describe('the status of a public certificate', () => {
  it('is made of its state and that of its order', () => {
    expect(words(0, 0)).toBeNull();
    expect(words(1, 1)).toBeNull();
    expect(words(1, 0)).toMatchObject({ word: 'Active, Rotation pending', reason: null });
    expect(words(1, 3)).toMatchObject({ word: 'Active, Rotation failed', reason: 'No TXT record.' });
    expect(words(3, 3)).toMatchObject({ word: 'Deactivated', reason: 'No TXT record.' });
    expect(words(5, 0)?.word).toBe('Destroyed, Rotation pending');
    expect(words(5, 3)?.word).toBe('Destroyed, Rotation failed');
    expect(orderStatus(secret().metadata)).toBeNull();
    expect(isOrdering(secret().metadata)).toBe(false);
    expect(isOrdering(publicSecret().metadata)).toBe(true);
  });

  it('stands in the list, with the reason on hover', async () => {
    const failed = issuance({ state: 3, error_message: 'No TXT record.' });
    showSecrets({ rows: [publicSecret({ issuance_info: failed })], filters: [] });
    const word = await screen.findByText('Active, Rotation failed');
    expect(word.closest('[title]')?.getAttribute('title')).toBe('No TXT record.');
    // the action below it leads to what can be done
    await userEvent.click(screen.getByRole('button', { name: 'Actions for shop' }));
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
      'View secret',
      'Details',
      'Rotate',
      'Version history',
      'Challenges',
      'Download',
      'Check deployment',
      'Locks',
      'Copy to…',
      'Copy secret URL',
      'Delete',
    ]);
  });

  it('leads to Challenges, which gives the focus back', async () => {
    showSecrets(
      { rows: [publicSecret()], filters: [] },
      {
        get_secret: () => publicSecret(),
        get_order: () => order(),
        find_zones: () => [null, null],
        zone_file: () => [],
      },
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for shop' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Challenges' }));
    await screen.findByRole('table', { name: 'TXT records' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('table', { name: 'TXT records' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for shop' })));
  });

  it('opens Challenges for what was asked from elsewhere, once the page is there', async () => {
    askForDialog({ action: 'challenges', secretId: 'id-shop' });
    showSecrets(
      { rows: [publicSecret()], filters: [] },
      {
        get_secret: () => publicSecret(),
        get_order: () => order(),
        find_zones: () => [null, null],
        zone_file: () => [],
      },
    );
    await screen.findByRole('dialog', { name: 'Challenges of shop' });
  });

  it('has no Challenges before there is an order', async () => {
    showSecrets({ rows: [publicSecret({ issuance_info: null })], filters: [] });
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for shop' }));
    expect(screen.queryByRole('menuitem', { name: 'Challenges' })).toBeNull();
  });
});

describe('the time that is left', () => {
  it.each([
    [6 * 86_400_000 + 23 * 3_600_000, '6 days 23 hours left'],
    [86_400_000, '1 day 0 hours left'],
    [3_600_000 + 60_000, '1 hour 1 minute left'],
    [61_000, '1 minute 1 second left'],
    [0, 'No time left'],
  ])('of %d is "%s"', (millis, left) => {
    expect(timeLeft(millis)).toBe(left);
  });
});
