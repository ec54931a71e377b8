import { Button, NumberInput } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { handFocusOn } from '../../../components/hand-focus-on';
import { ProblemNotice } from '../../../components/problem-notice';
import { useAction } from '../../../components/use-action';
import { apiAccessQuery } from '../../../ipc/api-access';
import { commands } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { SavedMark } from '../saved-mark';

const bounds = { min: 1024, max: 65_535 };

/** The port of the API. Saved by a button, since programs that know the one before lose their way. */
export function ApiPort({ port }: { port: number }) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState<number | string>(port);
  const [saved, setSaved] = useState(false);
  const save = useAction(async () => {
    const read = await commands.setApiAccess({ port: Number(typed) });
    client.setQueryData(apiAccessQuery.queryKey, read);
    setSaved(true);
  });
  // there is nothing more to save then, which takes the button out of order
  useEffect(() => {
    if (saved) handFocusOn(button.current, input.current);
  }, [saved]);
  const number = Number(typed);
  const outside = typed === '' || !Number.isInteger(number) || number < bounds.min || number > bounds.max;
  const ready = !outside && number !== port;
  const error = outside ? `A whole number from ${bounds.min} to ${bounds.max}.` : fieldError(save.error, 'api_port');

  return (
    <EnterForm className="kt-setting" onSubmit={() => ready && void save.run()} error={save.error}>
      <div className="kt-setting__line">
        <div className="kt-setting__number">
          <NumberInput
            ref={input}
            id="setting-api-port"
            label="Port"
            helperText="At 127.0.0.1, which no other computer can reach."
            {...bounds}
            allowEmpty
            // Carbon takes a value from outside a moment late, and a key pressed in between would be lost
            defaultValue={port}
            formatOptions={{ useGrouping: false }}
            onChange={(_, { value }) => {
              save.clear();
              setTyped(value);
              setSaved(false);
            }}
            invalid={error !== undefined}
            invalidText={error ?? ''}
            iconDescription="Port"
          />
        </div>
        <div className="kt-setting__beside">
          <Button ref={button} type="submit" kind="tertiary" size="md" aria-label="Save Port" disabled={!ready}>
            Save
          </Button>
          <SavedMark saving={save.busy} saved={saved} />
        </div>
      </div>
      <ProblemNotice error={unplaced(save.error, ['api_port'])} />
    </EnterForm>
  );
}
