import { TextArea } from '@carbon/react';
import { useState } from 'react';
import { useLostFocus } from '../../../../../components/use-lost-focus';
import { ShowToggle } from '../../../fields/show-toggle';
import { partTitles, type PartName } from './part';

type PartTextProps = { name: PartName; text: string; onChange: (text: string) => void; error?: string | undefined };

/** A part that is typed or pasted. A private key reads as dots until one asks to see it. */
export function PartText({ name, text, onChange, error }: PartTextProps) {
  const isKey = name === 'private_key';
  const [shown, setShown] = useState(false);
  const field = useLostFocus<HTMLTextAreaElement>();
  return (
    <>
      <TextArea
        ref={field}
        id={`kt-part-${name}`}
        className={isKey && !shown ? 'kt-typed kt-typed--masked' : 'kt-typed'}
        labelText={partTitles[name]}
        hideLabel
        rows={4}
        placeholder={`-----BEGIN ${isKey ? 'PRIVATE KEY' : 'CERTIFICATE'}-----`}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        invalid={error !== undefined}
        invalidText={error ?? ''}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
      />
      {isKey && <ShowToggle shown={shown} onChange={setShown} />}
    </>
  );
}
