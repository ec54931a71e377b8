import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { outlook, secret } from '../secret-fixture';
import { box, showSecrets } from '../secrets-page-fixture';

const destroyed = 'The secret is destroyed; only deletion is left.';

beforeEach(() => {
  const rows = [secret('api'), secret('old', { availability: { rotate: destroyed } })];
  showSecrets(
    { rows, filters: [] },
    {
      get_secret: () => rows[0],
      preview_rotation: () => outlook({ secret: secret('api') }),
      list_versions: () => [],
    },
  );
});

const name = (text: string) => screen.findByRole('button', { name: text });
const noDialog = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('keys of a row', () => {
  it.each([
    ['v', 'View secret'],
    ['r', 'Rotate api'],
    ['h', 'Version history'],
  ])('%s opens “%s” and gives the focus back', async (key, title) => {
    (await box('api')).focus();
    await userEvent.keyboard(key);
    await screen.findByRole('dialog', { name: title });
    await userEvent.keyboard('{Escape}');
    await noDialog();
    await waitFor(async () => expect(document.activeElement).toBe(await box('api')));
  });

  it('opens the details by Enter, from the box and from the name', async () => {
    (await box('api')).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('dialog', { name: 'Details' });
    await userEvent.keyboard('{Escape}');
    await noDialog();
    (await name('api')).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('dialog', { name: 'Details' });
    await userEvent.keyboard('{Escape}');
    await noDialog();
    await waitFor(async () => expect(document.activeElement).toBe(await name('api')));
  });

  it('stays in its column when it goes to another row', async () => {
    (await name('api')).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(await name('old'));
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(await name('old'));
    (await name('Actions for old')).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(await name('Actions for api'));
  });

  it('says in the menu why it cannot be done', async () => {
    (await box('old')).focus();
    await userEvent.keyboard('r');
    expect(screen.getByRole('menu', { name: 'Actions for old' })).toBeTruthy();
    expect(screen.getByText(destroyed)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(await box('old'));
  });

  it('means nothing outside of a row, with a modifier, or while one types', async () => {
    await box('api');
    await userEvent.keyboard('r');
    (await box('api')).focus();
    await userEvent.keyboard('{Control>}r{/Control}{Alt>}v{/Alt}');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search secrets' }), 'nrhv');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('keys of the page', () => {
  it('adds by n, also from a checkbox, but not from a dropdown or over a dialog', async () => {
    const from = await box('api');
    from.focus();
    await userEvent.keyboard('n');
    await screen.findByRole('dialog', { name: 'Add a secret' });
    await userEvent.keyboard('{Escape}');
    await noDialog();
    await waitFor(() => expect(document.activeElement).toBe(from));
    screen.getByRole('combobox', { name: /^Expires within/ }).focus();
    await userEvent.keyboard('n');
    expect(screen.queryByRole('dialog')).toBeNull();
    from.focus();
    await userEvent.keyboard('v');
    await screen.findByRole('dialog', { name: 'View secret' });
    await userEvent.keyboard('n');
    expect(screen.queryByRole('dialog', { name: 'Add a secret' })).toBeNull();
  });

  it('searches by / from a checkbox', async () => {
    (await box('api')).focus();
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search secrets' }));
  });
});
