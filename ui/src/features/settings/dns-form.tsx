import { Button, NumberInput, Stack, Toggle } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { handFocusOn } from '../../components/hand-focus-on';
import { LinesField } from '../../components/lines-field';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import { commands, type DnsLookup } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import {
  dnsDraft,
  dnsFields,
  dnsLookup,
  isPort,
  isSameLookup,
  portBounds,
  withoutSent,
  type DnsDraft,
} from './dns-draft';
import { defaultDnsLookupQuery, dnsChangesQuery, dnsLookupQuery } from './queries';
import { SavedMark } from './saved-mark';

const firstField = 'setting-dns-resolvers';

/** How records are looked up. Saved by a button, all at once: half an address is none. */
export function DnsForm({ lookup }: { lookup: DnsLookup }) {
  const client = useQueryClient();
  const saveButton = useRef<HTMLButtonElement>(null);
  const start = dnsDraft(lookup);
  const { data: changes = {} } = useQuery(dnsChangesQuery);
  const { data: defaults } = useQuery(defaultDnsLookupQuery);
  const [saved, setSaved] = useState(false);
  const [rounds, setRounds] = useState(0);
  const draft = { ...start, ...changes };
  const ready = isPort(draft.port) && !isSameLookup(start, draft);
  const usual = defaults && dnsDraft(defaults);
  const save = useAction(async () => {
    const read = await commands.setDnsLookup(dnsLookup(draft));
    client.setQueryData(dnsLookupQuery.queryKey, read);
    const left = withoutSent(client.getQueryData(dnsChangesQuery.queryKey) ?? {}, changes);
    client.setQueryData(dnsChangesQuery.queryKey, left);
    // a port that is being typed keeps its field
    if (left.port === undefined) setRounds((before) => before + 1);
    setSaved(Object.keys(left).length === 0);
  });
  // there is nothing more to save then, which takes the button out of order
  useEffect(() => {
    if (saved) handFocusOn(saveButton.current, document.getElementById(firstField));
  }, [saved]);
  const submit = () => ready && void save.run();
  const port = isPort(draft.port)
    ? fieldError(save.error, 'authoritative_port')
    : `A whole number from ${portBounds.min} to ${portBounds.max}.`;

  function change(part: Partial<DnsDraft>): void {
    save.clear();
    setSaved(false);
    client.setQueryData(dnsChangesQuery.queryKey, (before) => ({ ...before, ...part }));
  }
  function restore(): void {
    if (!usual) return;
    change(usual);
    setRounds((before) => before + 1);
    // the button is out of order now
    document.getElementById(firstField)?.focus();
  }

  return (
    <EnterForm className="kt-settings__section" onSubmit={submit} error={save.error}>
      <Stack gap={6} className="kt-setting__number">
        <LinesField
          id={firstField}
          label="Resolvers"
          helperText="Addresses, with a port where that is not 53. They should see the records too, besides the authoritative servers."
          rows={3}
          text={draft.resolvers}
          onChange={(resolvers) => change({ resolvers })}
          error={fieldError(save.error, 'resolvers')}
        />
        <Toggle
          id="setting-dns-authoritative"
          labelText="Authoritative servers only"
          labelA="Off"
          labelB="On: resolvers are not asked"
          toggled={draft.authoritativeOnly}
          onToggle={(authoritativeOnly) => change({ authoritativeOnly })}
        />
        <LinesField
          id="setting-dns-discovery"
          label="Servers for finding zones"
          helperText="Recursive servers that tell which zone a record belongs to, and its servers. None: those of this computer."
          rows={2}
          text={draft.discovery}
          onChange={(discovery) => change({ discovery })}
          error={fieldError(save.error, 'discovery')}
        />
        <NumberInput
          // Carbon takes a value from outside a moment late: one that was read begins anew
          key={`${rounds} ${start.port}`}
          id="setting-dns-port"
          label="Port of authoritative servers"
          {...portBounds}
          allowEmpty
          hideSteppers
          defaultValue={draft.port}
          onChange={(_, { value }) => change({ port: value })}
          invalid={port !== undefined}
          invalidText={port ?? ''}
          iconDescription="Port of authoritative servers"
        />
      </Stack>
      <div className="kt-settings__buttons">
        <Button ref={saveButton} type="submit" kind="tertiary" size="md" aria-label="Save DNS checks" disabled={!ready}>
          Save
        </Button>
        <Button kind="ghost" size="md" disabled={!usual || isSameLookup(usual, draft)} onClick={restore}>
          Restore defaults
        </Button>
        <SavedMark saving={save.busy} saved={saved} />
      </div>
      <ProblemNotice error={unplaced(save.error, dnsFields)} />
    </EnterForm>
  );
}
