import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { apiAccess } from '../../../ipc/api-access-fixture';
import type { ApiAccess } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { RowMenu } from './row-menu';

const one = secret();

let access: ApiAccess;
let copied: string[];

beforeEach(() => {
  access = apiAccess({ enabled: true, serving: true });
  copied = [];
  Object.assign(document, { execCommand: () => copied.push(window.getSelection()?.toString() ?? '') > 0 });
  answerCalls({ get_api_access: () => access });
});

async function choose() {
  renderScreen(
    <ToastHost>
      <RowMenu secret={one} button={document.body} onChoose={vi.fn()} onClose={vi.fn()} />
    </ToastHost>,
  );
  const item = await screen.findByRole('menuitem', { name: 'Copy secret URL' });
  await waitFor(async () => {
    await userEvent.click(item);
    expect(copied).not.toEqual([]);
  });
}

describe('Copy secret URL', () => {
  it('copies where API v2 has the secret, and leaves nothing on the page', async () => {
    await choose();
    expect(copied[0]).toBe(`http://127.0.0.1:8200/api/v2/secrets/${one.metadata.id}`);
    await screen.findByText(`Copied the URL of ${one.metadata.name}`);
    expect(screen.queryByText(/API is off/)).toBeNull();
    expect(document.querySelector('.kt-copy-source')).toBeNull();
  });

  it('copies also while the API is off, and says where it is turned on', async () => {
    access = apiAccess();
    await choose();
    await screen.findByText('The API is off. Turn it on in Settings > API access.');
  });

  it('says when the API could not start', async () => {
    access = apiAccess({ enabled: true, problem: { code: 'io', message: 'Another program uses port 8200.' } });
    await choose();
    await screen.findByText('The API could not start. Settings > API access says why.');
  });
});
