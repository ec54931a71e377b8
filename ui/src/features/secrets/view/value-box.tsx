import { TextArea } from '@carbon/react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Revealed } from '../../../ipc/bindings';
import { byteSize, count } from '../../../components/amounts';

type ValueBoxProps = {
  value: Revealed;
  /** Copies by way of Rust, which clears the clipboard again. */
  onCopy: () => void;
};

// a text area with a million characters takes seconds to lay out
const mostShown = 100_000;

/** A value in the clear. The field is called **Value**; what it holds is in no name or title. */
export function ValueBox({ value, onCopy }: ValueBoxProps) {
  const full = value.text ?? value.base64 ?? '';
  const shown = full.slice(0, mostShown);
  const notes = [
    value.text === null ? `Binary, ${byteSize(value.size)}, shown as base64.` : byteSize(value.size),
    shown.length < full.length
      ? `These are the first ${count(mostShown)} of ${count(full.length)} characters. Save it as a file to have all.`
      : '',
  ];
  return (
    <TextArea
      id="kt-value"
      className="kt-value"
      labelText="Value"
      readOnly
      rows={Math.min(12, Math.max(3, shown.split('\n', 13).length))}
      value={shown}
      helperText={notes.filter(Boolean).join(' ')}
      onCopy={(event) => {
        event.preventDefault();
        onCopy();
      }}
      onMouseDown={selectNothing}
      onKeyDown={(event) => {
        if (isCopy(event)) onCopy();
        if (isCopy(event) || selects(event)) event.preventDefault();
      }}
      spellCheck={false}
    />
  );
}

/*
 * On X11 what is selected is on a second clipboard at once, which nobody clears. Nothing is lost by not
 * selecting: copying takes the whole value anyway.
 */
function selectNothing(event: MouseEvent<HTMLTextAreaElement>): void {
  event.preventDefault();
  event.currentTarget.focus();
}

function selects({ key, shiftKey, ctrlKey }: KeyboardEvent): boolean {
  return (ctrlKey && key.toLowerCase() === 'a') || (shiftKey && /^(Arrow|Home|End|Page)/.test(key));
}

function isCopy({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey && !shiftKey && !altKey && (key.toLowerCase() === 'c' || key === 'Insert');
}
