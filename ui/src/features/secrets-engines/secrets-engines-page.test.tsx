import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import type { ConfigurationView, EngineTab, Problem } from '../../ipc/bindings';
import { letsEncrypt, rootAuthority } from '../../ipc/configuration-fixture';
import { answerCalls, refuse } from '../../ipc/testing';
import { SecretsEnginesPage } from './secrets-engines-page';

let views: ConfigurationView[];
let refusal: Problem | null;
let kept: EngineTab | null;

beforeEach(() => {
  refusal = null;
  kept = null;
  views = [rootAuthority('root'), letsEncrypt('le')];
  answerCalls({
    list_configurations: () => (refusal ? refuse(refusal) : views),
    load_engine_tab: () => kept,
    save_engine_tab: ({ tab }: { tab: EngineTab }) => ((kept = tab), null),
  });
});

function show() {
  renderScreen(
    <ToastHost>
      <SecretsEnginesPage recoveryConfirmed onFinishRecovery={() => undefined} />
    </ToastHost>,
  );
}
const tab = (name: string) => screen.getByRole('tab', { name });

describe('SecretsEnginesPage', () => {
  it('has a tab for each engine, changed by the arrow keys, and comes back to the one that was left, also after a restart', async () => {
    show();
    await screen.findByRole('table', { name: 'Certificate authorities' });
    expect(tab('Public certificates').getAttribute('aria-selected')).toBe('true');
    expect(screen.queryByRole('table', { name: 'Private certificates' })).toBeNull();
    await userEvent.tab();
    expect(document.activeElement).toBe(tab('Public certificates'));
    await userEvent.keyboard('{ArrowRight}');
    await screen.findByRole('table', { name: 'Private certificates' });
    expect(document.activeElement).toBe(tab('Private certificates'));
    cleanup();
    // as the program begins: nothing but the vault knows
    expect(kept).toBe('private');
    show();
    await screen.findByRole('table', { name: 'Private certificates' });
    await userEvent.click(tab('Public certificates'));
    await screen.findByRole('table', { name: 'Certificate authorities' });
  });

  it('says what failed, and tries again', async () => {
    refusal = { code: 'io', message: 'The disk is gone.' };
    show();
    await screen.findByText('The disk is gone.');
    expect(screen.queryByRole('button', { name: 'Add certificate authority' })).toBeNull();
    refusal = null;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('table', { name: 'Certificate authorities' });
    await waitFor(() => expect(screen.queryByText('The disk is gone.')).toBeNull());
  });
});
