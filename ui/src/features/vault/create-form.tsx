import { Button, InlineLoading, Stack } from '@carbon/react';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { textFault } from '../../components/text-fault';
import { useAction } from '../../components/use-action';
import { usePassphrase } from '../../components/use-passphrase';
import { commands, type RecoveryCode } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import { isKeyringTrouble, whileCreating } from './keyring-trouble';
import { UnlockChoice, type Chosen } from './unlock-choice';
import { TextField } from '../../components/text-field';

type CreateFormProps = { onCreated: (recovery: RecoveryCode | null) => Promise<void>; onCancel: () => void };

/** Name of the new vault, and how it unlocks. */
export function CreateForm({ onCreated, onCancel }: CreateFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('My vault');
  const [chosen, setChosen] = useState<Chosen>({ keyring: true, passphrase: false });
  const passphrase = usePassphrase();
  const create = useAction(async (typed: string | null) => {
    const form = { name, sample: false, keyring: chosen.keyring, passphrase: typed };
    const { recovery } = await commands.createVault(form);
    passphrase.forget();
    await onCreated(recovery);
  });
  useEffect(() => field.current?.select(), []);
  const trouble = isKeyringTrouble(create.error) ? whileCreating(create.error) : null;
  const nothing = !chosen.keyring && !chosen.passphrase;
  const nameFault = textFault('name', name)?.message ?? fieldError(create.error, 'name');

  function submit() {
    if (nothing || textFault('name', name)) return;
    const typed = chosen.passphrase ? passphrase.take() : null;
    if (!chosen.passphrase || typed !== null) void create.run(typed);
  }

  return (
    <EnterForm onSubmit={submit} error={create.error}>
      <Stack gap={7}>
        <TextField
          ref={field}
          id="vault-name"
          labelText="Name of the vault"
          value={name}
          maxLength={64}
          onChange={(event) => setName(event.target.value)}
          readOnly={create.busy}
          invalid={nameFault !== undefined}
          invalidText={nameFault ?? ''}
        />
        <UnlockChoice
          chosen={chosen}
          onChoose={setChosen}
          passphrase={passphrase}
          error={fieldError(create.error, 'passphrase')}
          busy={create.busy}
        />
        {trouble ? (
          <ProblemNotice
            error={trouble}
            action={{
              label: 'Continue with a passphrase',
              run: () => {
                create.clear();
                setChosen({ keyring: false, passphrase: true });
              },
            }}
          />
        ) : (
          <ProblemNotice error={unplaced(create.error, ['name', 'passphrase'])} />
        )}
        <div className="kt-start__buttons">
          <Button kind="secondary" onClick={onCancel} disabled={create.busy}>
            Cancel
          </Button>
          <Button type="submit" disabled={nothing}>
            Create vault
          </Button>
          {create.slow && <InlineLoading description="Creating the vault…" />}
        </div>
      </Stack>
    </EnterForm>
  );
}
