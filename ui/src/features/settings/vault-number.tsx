import { Button, NumberInput } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { EnterForm } from '../../components/enter-form';
import { handFocusOn } from '../../components/hand-focus-on';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpener } from '../../components/use-opener';
import { commands, type VaultSettings } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import { vaultSettingsQuery } from './queries';
import { SavedMark } from './saved-mark';

type VaultNumberProps = {
  settings: VaultSettings;
  field: keyof VaultSettings;
  label: string;
  helperText: string;
  bounds: { min: number; max: number };
  /** Asks before a smaller number is saved. */
  confirm: (question: { number: number; onConfirm: () => void; onClose: () => void }) => ReactNode;
};

/** A number of the active vault. Saved by a button, since a smaller one takes something away. */
export function VaultNumber({ settings, field, label, helperText, bounds, confirm }: VaultNumberProps) {
  const client = useQueryClient();
  const opener = useOpener();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState<number | string>(settings[field]);
  const [saved, setSaved] = useState(false);
  const [asking, setAsking] = useState(false);
  const save = useAction(async () => {
    const read = await commands.setVaultSettings({ [field]: Number(typed) });
    client.setQueryData(vaultSettingsQuery.queryKey, read);
    setSaved(true);
  });
  // there is nothing more to save then, which takes the button out of order
  useEffect(() => {
    if (saved) handFocusOn(button.current, input.current);
  }, [saved]);
  const number = Number(typed);
  const outside = typed === '' || !Number.isInteger(number) || number < bounds.min || number > bounds.max;
  const changed = number !== settings[field];
  const error = outside ? `A whole number from ${bounds.min} to ${bounds.max}.` : fieldError(save.error, field);

  function submit() {
    if (outside || !changed) return;
    if (number > settings[field]) return void save.run();
    opener.remember();
    setAsking(true);
  }
  function close() {
    setAsking(false);
    opener.giveBack();
  }
  function onConfirm() {
    close();
    void save.run();
  }

  return (
    <>
      <EnterForm className="kt-setting" onSubmit={submit} error={save.error}>
        <div className="kt-setting__line">
          <div className="kt-setting__number">
            <NumberInput
              ref={input}
              id={`setting-${field}`}
              label={label}
              helperText={helperText}
              {...bounds}
              allowEmpty
              // Carbon takes a value from outside a moment late, and a key pressed in between would be lost
              defaultValue={settings[field]}
              onChange={(_, { value }) => {
                setTyped(value);
                setSaved(false);
              }}
              invalid={error !== undefined}
              invalidText={error ?? ''}
              iconDescription={label}
            />
          </div>
          <div className="kt-setting__beside">
            <Button
              ref={button}
              type="submit"
              kind="tertiary"
              size="md"
              aria-label={`Save ${label}`}
              disabled={outside || !changed}
            >
              Save
            </Button>
            <SavedMark saving={save.busy} saved={saved} />
          </div>
        </div>
        <ProblemNotice error={unplaced(save.error, [field])} />
      </EnterForm>
      {asking && confirm({ number, onConfirm, onClose: close })}
    </>
  );
}
