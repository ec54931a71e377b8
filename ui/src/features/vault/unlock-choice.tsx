import { Checkbox, FormGroup, Stack } from '@carbon/react';
import { useEffect, useRef } from 'react';
import { PassphraseFields } from '../../components/passphrase-fields';
import type { NewPassphrase } from '../../components/use-passphrase';

export type Chosen = { keyring: boolean; passphrase: boolean };

type UnlockChoiceProps = {
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  passphrase: NewPassphrase;
  error?: string | undefined;
  busy: boolean;
};

/** How a new vault unlocks: keyring, passphrase or both. */
export function UnlockChoice({ chosen, onChoose, passphrase, error, busy }: UnlockChoiceProps) {
  const fields = useRef<HTMLDivElement>(null);
  const shown = useRef(chosen.passphrase);
  useEffect(() => {
    // whoever asks for a passphrase types it next
    if (chosen.passphrase && !shown.current) fields.current?.querySelector('input')?.focus();
    shown.current = chosen.passphrase;
  }, [chosen.passphrase]);

  return (
    <Stack gap={5}>
      <FormGroup legendText="How it unlocks">
        <Stack gap={3}>
          <Checkbox
            id="unlock-keyring"
            labelText="Keyring of this computer"
            helperText="The key lies in the keyring that opens when you sign in: nothing to type."
            checked={chosen.keyring}
            readOnly={busy}
            onChange={(_, { checked }) => onChoose({ ...chosen, keyring: checked })}
          />
          <Checkbox
            id="unlock-passphrase"
            labelText="Passphrase"
            helperText="Something you know opens the vault, also without the keyring."
            checked={chosen.passphrase}
            readOnly={busy}
            invalid={!chosen.keyring && !chosen.passphrase}
            invalidText="Choose at least one."
            onChange={(_, { checked }) => onChoose({ ...chosen, passphrase: checked })}
          />
        </Stack>
      </FormGroup>
      {chosen.passphrase && (
        <div ref={fields} className="kt-indent">
          <PassphraseFields passphrase={passphrase} error={error} readOnly={busy} />
        </div>
      )}
      <p className="kt-start__hint">
        A recovery code is made in any case. It opens the vault when nothing else does.
      </p>
    </Stack>
  );
}
