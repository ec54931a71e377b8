import { screen } from '@testing-library/react';
import type { ListSecrets, SavedFilter, SecretView } from '../../ipc/bindings';
import { answerCalls } from '../../ipc/testing';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import { SecretsPage } from './secrets-page';

/** What stands behind the page in unit tests; a test changes it as another program would. */
export type Vault = { rows: SecretView[]; filters: SavedFilter[] };

/** Shows the page **Secrets** of a vault. Returns what was called, as it grows. */
export function showSecrets(vault: Vault, answers: Readonly<Record<string, (args: never) => unknown>> = {}) {
  const calls = answerCalls({
    load_list_state: () => null,
    save_list_state: () => null,
    list_labels: () => ['prod'],
    list_groups: () => [],
    get_settings: () => ({ reveal_seconds: 15 }),
    list_secrets: ({ query }: { query: Required<ListSecrets> }) => {
      const { offset, limit, search } = query;
      const found = vault.rows.filter(({ metadata }) => metadata.name.includes(search ?? ''));
      return { items: found.slice(offset, offset + limit), total_count: found.length, offset, limit };
    },
    get_secrets: ({ ids }: { ids: string[] }) => vault.rows.filter(({ metadata }) => ids.includes(metadata.id)),
    load_saved_filters: () => vault.filters,
    save_saved_filters: ({ filters }: { filters: SavedFilter[] }) => ((vault.filters = filters), null),
    ...answers,
  });
  renderScreen(
    <ToastHost>
      <SecretsPage recoveryConfirmed onFinishRecovery={() => undefined} />
    </ToastHost>,
  );
  return {
    calls,
    /** The arguments of each call of a command. */
    sent: (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args),
  };
}

export const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name: `Select ${name}` });

/** Names of the secrets on this page whose box is ticked. */
export function ticked(): string[] {
  return screen
    .getAllByRole<HTMLInputElement>('checkbox', { name: /^Select (?!all)/ })
    .filter(({ checked }) => checked)
    .map((input) => input.getAttribute('aria-label')?.replace('Select ', '') ?? '');
}
