import { TextArea } from '@carbon/react';
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
      spellCheck={false}
    />
  );
}
