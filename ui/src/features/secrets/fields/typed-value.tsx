import { TextArea } from '@carbon/react';
import { useState } from 'react';
import { useLostFocus } from '../../../components/use-lost-focus';
import { ShowToggle } from './show-toggle';
import type { ValueKind } from './value';

type TypedValueProps = {
  text: string;
  onChange: (text: string) => void;
  kind: ValueKind;
  error?: string | undefined;
  /** The field was left: a good moment to check it. */
  onLeave?: (() => void) | undefined;
  /** Whether it can be read, where that is decided for more than this field. */
  shown?: boolean;
  onShow?: (shown: boolean) => void;
};

/** A value typed or pasted. It reads as dots until one asks to see it, or as soon as one asks not to. */
export function TypedValue({ text, onChange, kind, error, onLeave, shown, onShow }: TypedValueProps) {
  const [ownShown, setOwnShown] = useState(kind.readable);
  const visible = shown ?? ownShown;
  const { words, over } = kind.measure(text);
  const fault = error ?? over ?? undefined;
  const field = useLostFocus<HTMLTextAreaElement>();
  return (
    <>
      <TextArea
        ref={field}
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
      <ShowToggle shown={visible} onChange={onShow ?? setOwnShown} />
    </>
  );
}
