import { Button, NumberInput } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { handFocusOn } from '../../components/hand-focus-on';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { useOpener } from '../../components/use-opener';
import { commands, type VaultSettings } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import { FewerVersionsDialog } from './fewer-versions-dialog';
import { vaultSettingsQuery } from './queries';
import { SavedMark } from './saved-mark';
import { SettingsSection } from './settings-section';

const bounds = { min: 2, max: 50 };

/** How many versions of a secret keep their value. Saved by a button, since fewer means removed. */
export function Versions() {
  const settings = useQuery(vaultSettingsQuery);
  return (
    <SettingsSection title="Versions">
      <ProblemNotice error={settings.error} action={{ label: 'Try again', run: () => void settings.refetch() }} />
      {settings.data && <VersionsKept settings={settings.data} />}
    </SettingsSection>
  );
}

function VersionsKept({ settings }: { settings: VaultSettings }) {
  const client = useQueryClient();
  const opener = useOpener();
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState<number | string>(settings.versions_kept);
  const [saved, setSaved] = useState(false);
  const [asking, setAsking] = useState(false);
  const save = useAction(async () => {
    const read = await commands.setVaultSettings({ versions_kept: Number(typed) });
    client.setQueryData(vaultSettingsQuery.queryKey, read);
    setTyped(read.versions_kept);
    setSaved(true);
  });
  // there is nothing more to save then, which takes the button out of order
  useEffect(() => {
    if (saved) handFocusOn(button.current, field.current);
  }, [saved]);
  const kept = Number(typed);
  const outside = typed === '' || !Number.isInteger(kept) || kept < bounds.min || kept > bounds.max;
  const changed = kept !== settings.versions_kept;
  const error = outside ? `A whole number from ${bounds.min} to ${bounds.max}.` : fieldError(save.error, 'versions_kept');

  function submit() {
    if (outside || !changed) return;
    if (kept > settings.versions_kept) return void save.run();
    opener.remember();
    setAsking(true);
  }
  function close() {
    setAsking(false);
    opener.giveBack();
  }

  return (
    <>
      <EnterForm className="kt-setting" onSubmit={submit} error={save.error}>
        <div className="kt-setting__line">
          <div className="kt-setting__number">
            <NumberInput
              ref={field}
              id="setting-versions-kept"
              label="Versions kept"
              helperText="So many versions of a secret keep their value, the current one included. Lowering the number removes old values."
              {...bounds}
              allowEmpty
              value={typed}
              onChange={(_, { value }) => {
                setTyped(value);
                setSaved(false);
              }}
              invalid={error !== undefined}
              invalidText={error ?? ''}
              iconDescription="Versions kept"
            />
          </div>
          <div className="kt-setting__beside">
            <Button ref={button} type="submit" kind="tertiary" size="md" disabled={outside || !changed}>
              Save
            </Button>
            <SavedMark saving={save.busy} saved={saved} />
          </div>
        </div>
        <ProblemNotice error={unplaced(save.error, ['versions_kept'])} />
      </EnterForm>
      {asking && (
        <FewerVersionsDialog
          kept={kept}
          onConfirm={() => {
            close();
            void save.run();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
