import { TextArea, Toggle } from '@carbon/react';
import { useState } from 'react';
import { characterCount, count } from '../../../components/amounts';

type TypedValueProps = {
  text: string;
  onChange: (text: string) => void;
  limit: number;
  error?: string | undefined;
};

/** A value typed or pasted. It reads as dots until one asks to see it. */
export function TypedValue({ text, onChange, limit, error }: TypedValueProps) {
  const [visible, setVisible] = useState(false);
  const characters = characterCount(text);
  const over = characters > limit ? `At most ${count(limit)} characters are allowed.` : undefined;
  return (
    <>
      <TextArea
        id="kt-typed-value"
        className={visible ? 'kt-typed' : 'kt-typed kt-typed--masked'}
        data-modal-primary-focus=""
        labelText="New value"
        hideLabel
        rows={4}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        invalid={(error ?? over) !== undefined}
        invalidText={error ?? over ?? ''}
        helperText={`${count(characters)} of ${count(limit)} characters`}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
      />
      <Toggle
        id="kt-typed-visible"
        size="sm"
        labelText="Show what is typed"
        hideLabel
        labelA="Show what is typed"
        labelB="Show what is typed"
        toggled={visible}
        onToggle={setVisible}
      />
    </>
  );
}
