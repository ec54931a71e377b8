import { TextArea, Toggle } from '@carbon/react';
import { useState } from 'react';
import type { ValueKind } from './value';

type TypedValueProps = {
  text: string;
  onChange: (text: string) => void;
  kind: ValueKind;
  error?: string | undefined;
  /** The field was left: a good moment to check it. */
  onLeave?: (() => void) | undefined;
};

/** A value typed or pasted. It reads as dots until one asks to see it, or as soon as one asks not to. */
export function TypedValue({ text, onChange, kind, error, onLeave }: TypedValueProps) {
  const [visible, setVisible] = useState(kind.readable);
  const { words, over } = kind.measure(text);
  const fault = error ?? over ?? undefined;
  return (
    <>
      <TextArea
        id="kt-typed-value"
        className={visible ? 'kt-typed' : 'kt-typed kt-typed--masked'}
        data-modal-primary-focus=""
        labelText={kind.typed}
        hideLabel
        rows={kind.readable ? 8 : 4}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => onLeave?.()}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
        helperText={words}
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
