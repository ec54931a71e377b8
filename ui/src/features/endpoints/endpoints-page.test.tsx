import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { apiAccess } from '../../ipc/api-access-fixture';
import type { ApiAccess } from '../../ipc/bindings';
import { answerCalls } from '../../ipc/testing';
import { EndpointsPage } from './endpoints-page';
import { examples } from './snippets';

let access: ApiAccess;
const onApiSettings = vi.fn();
const copy = vi.fn(() => true);

beforeEach(() => {
  access = apiAccess({ port: 9000, url: 'http://127.0.0.1:9000' });
  onApiSettings.mockClear();
  copy.mockClear();
  Object.assign(document, { execCommand: copy });
  answerCalls({ get_api_access: () => access });
});

const show = () => renderScreen(<EndpointsPage instanceId="7c3e0a52" onApiSettings={onApiSettings} />);

describe('EndpointsPage', () => {
  it('shows the addresses also while the API is off, and leads to its switch', async () => {
    show();
    await screen.findByText('Off');
    for (const text of ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/identity/token', '7c3e0a52']) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    await userEvent.click(screen.getByRole('button', { name: 'Turn it on in Settings > API access' }));
    expect(onApiSettings).toHaveBeenCalledOnce();
  });

  it('says why the API could not start', async () => {
    const message = 'Another program uses port 9000.';
    access = { ...access, enabled: true, problem: { code: 'io', message } };
    show();
    await screen.findByText('Could not start');
    await screen.findByText(message);
  });

  it('copies an example as it stands there', async () => {
    access = { ...access, enabled: true, serving: true };
    show();
    await userEvent.click(await screen.findByRole('tab', { name: 'Python' }));
    const panel = screen.getByRole('tabpanel');
    const shown = within(panel).getByRole('region', { name: 'Get a token' });
    await userEvent.click(within(panel).getByRole('button', { name: 'Copy get a token, Python' }));
    expect(window.getSelection()?.toString()).toBe(shown.textContent);
    expect(copy).toHaveBeenCalledWith('copy');
  });
});

describe('examples', () => {
  it('name the address once, and no key', () => {
    for (const { snippets } of examples('http://127.0.0.1:9000')) {
      const text = snippets.map((snippet) => snippet.text).join('\n');
      expect(text.split('http://127.0.0.1:9000')).toHaveLength(2);
      expect(text).not.toContain('ktk_');
    }
  });

  it('exchange the key where the instance does', () => {
    const [curl, python] = examples('https://i.example.test', 'https://iam.cloud.ibm.com');
    for (const example of [curl, python]) {
      const text = example?.snippets.map((snippet) => snippet.text).join('\n') ?? '';
      expect(text).toContain("export SECRETS_MANAGER_AUTH_URL='https://iam.cloud.ibm.com'");
      expect(text.match(/SECRETS_MANAGER_AUTH_URL/g)).toHaveLength(2);
    }
  });
});
