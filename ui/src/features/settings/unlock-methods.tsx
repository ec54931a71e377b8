import { Button, InlineLoading } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { handFocusOn } from '../../components/hand-focus-on';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpened } from '../../components/use-opened';
import { useOpener } from '../../components/use-opener';
import { useToasts } from '../../components/toasts';
import { commands, type Problem, type UnlockMethodRow, type UnlockMethods as Methods } from '../../ipc/bindings';
import { refreshInstances, unlockMethodsQuery } from '../../ipc/instances';
import { MethodTable } from './method-table';
import { PassphraseDialog } from './passphrase-dialog';
import { RemoveMethodDialog } from './remove-method-dialog';
import { SettingsSection } from './settings-section';

type UnlockMethodsProps = { instanceId: string; onNewRecoveryCode: () => void };
type Dialog = { kind: 'passphrase'; change: boolean } | { kind: 'remove'; method: UnlockMethodRow };

/** How the active vault unlocks, and what can be changed about it. */
export function UnlockMethods({ instanceId, onNewRecoveryCode }: UnlockMethodsProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const opener = useOpener();
  const methods = useQuery(unlockMethodsQuery(instanceId));
  const dialog = useOpened<Dialog>();
  const list = useRef<HTMLDivElement>(null);
  const addKeyring = useAction(async () => {
    const button = document.activeElement;
    await commands.addKeyring();
    await refreshInstances(client);
    toast({ title: 'The keyring unlocks this vault' });
    handFocusOn(button, list.current);
  });

  function open(next: Dialog) {
    opener.remember();
    dialog.open(next);
  }
  function close() {
    if (dialog.close(dialog.opened)) opener.giveBack();
  }

  const { opened } = dialog;
  return (
    <SettingsSection
      title="Unlock methods"
      lead="Each of these opens the vault by itself. One besides the keyring is needed, for keyrings get reset."
    >
      <ProblemNotice error={methods.error} action={{ label: 'Try again', run: () => void methods.refetch() }} />
      {methods.data && (
        <>
          <div ref={list} tabIndex={-1}>
            <MethodTable
              methods={methods.data.methods}
              keyringTrouble={methods.data.keyring_problem !== null}
              onAddKeyring={() => void addKeyring.run()}
              onPassphrase={() => open({ kind: 'passphrase', change: true })}
              onRecoveryCode={onNewRecoveryCode}
              onRemove={(method) => open({ kind: 'remove', method })}
            />
          </div>
          <ProblemNotice error={addKeyring.error ?? keyringTrouble(methods.data)} />
          <div className="kt-settings__buttons">
            {!methods.data.keyring && (
              <Button kind="tertiary" size="md" onClick={addKeyring.run}>
                Add keyring
              </Button>
            )}
            {!methods.data.passphrase && (
              <Button kind="tertiary" size="md" onClick={() => open({ kind: 'passphrase', change: false })}>
                Set passphrase
              </Button>
            )}
            {!methods.data.recovery_code && (
              <Button kind="tertiary" size="md" onClick={onNewRecoveryCode}>
                New recovery code
              </Button>
            )}
            {addKeyring.slow && <InlineLoading description="Asking the keyring… It may want its own password." />}
          </div>
        </>
      )}
      {opened?.kind === 'passphrase' && <PassphraseDialog change={opened.change} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveMethodDialog method={opened.method} onClose={close} />}
    </SettingsSection>
  );
}

/** Why the keyring does not open the vault, with what helps now that it is open. */
function keyringTrouble({ keyring_problem }: Methods): Problem | null {
  return keyring_problem && { ...keyring_problem, remedy: 'Choose Set up again to put the key back into the keyring.' };
}
