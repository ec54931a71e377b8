import { ContentSwitcher, Stack, Switch } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNotice } from '../../components/problem-notice';
import { useToasts } from '../../components/toasts';
import { commands, type UnlockKind, type UnlockMethods } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { UnlockByKeyring } from './unlock-by-keyring';
import { UnlockByText } from './unlock-by-text';

type UnlockChoicesProps = { id: string; methods: UnlockMethods };

const names: Readonly<Record<UnlockKind, string>> = {
  keyring: 'Keyring',
  passphrase: 'Passphrase',
  recovery_code: 'Recovery code',
};
const kinds: readonly UnlockKind[] = ['keyring', 'passphrase', 'recovery_code'];

/** The ways to unlock this vault, the best one first. */
export function UnlockChoices({ id, methods }: UnlockChoicesProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const offered = kinds.filter((kind) => methods[kind]);
  const withoutKeyring = offered.find((kind) => kind !== 'keyring');
  const best = methods.keyring && !methods.keyring_problem ? 'keyring' : (withoutKeyring ?? offered[0]);
  const [chosen, setChosen] = useState(best);
  // arrow keys in the switch keep the focus there; everything else moves it to what comes next
  const [takesFocus, setTakesFocus] = useState(true);

  function choose(kind: UnlockKind | undefined, byHand: boolean) {
    setChosen(kind);
    setTakesFocus(!byHand);
  }

  async function unlock(kind: UnlockKind, secret: string | null) {
    await commands.unlockVault(id, kind, secret);
    const code = methods.keyring_problem?.code;
    if (kind !== 'keyring' && (code === 'keyring_no_entry' || code === 'keyring_foreign_key')) {
      toast({
        kind: 'info',
        title: 'The keyring does not open this vault',
        subtitle: 'It can be set up again in Settings, under Unlock methods.',
      });
    }
    await switchInstance(client);
  }

  if (!chosen) {
    const problem = { code: 'damaged', message: 'This vault has no unlock method.' } as const;
    return <ProblemNotice error={{ ...problem, remedy: "Restore the vault's file from a backup." }} />;
  }
  return (
    <Stack gap={6}>
      {chosen !== 'keyring' && <ProblemNotice error={methods.keyring_problem} />}
      {offered.length > 1 && (
        <ContentSwitcher
          size="md"
          aria-label="Unlock method"
          selectedIndex={offered.indexOf(chosen)}
          onChange={({ index }) => choose(offered[index ?? 0], true)}
        >
          {offered.map((kind) => (
            <Switch key={kind} name={kind} text={names[kind]} />
          ))}
        </ContentSwitcher>
      )}
      <div {...(offered.length > 1 && { role: 'tabpanel', 'aria-label': `Unlock with ${names[chosen].toLowerCase()}` })}>
        {chosen === 'keyring' ? (
          <UnlockByKeyring
            unlock={() => unlock('keyring', null)}
            earlier={methods.keyring_problem}
            takesFocus={takesFocus}
            instead={
              withoutKeyring && {
                label: withoutKeyring === 'passphrase' ? 'Use the passphrase' : 'Use the recovery code',
                run: () => choose(withoutKeyring, false),
              }
            }
          />
        ) : (
          <UnlockByText
            key={chosen}
            kind={chosen}
            unlock={(secret) => unlock(chosen, secret)}
            takesFocus={takesFocus}
          />
        )}
      </div>
    </Stack>
  );
}
