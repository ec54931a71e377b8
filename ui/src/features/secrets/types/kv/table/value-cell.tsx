import { Select, SelectItem, TextArea } from '@carbon/react';
import type { KeyboardEvent } from 'react';
import { count } from '../../../../../components/amounts';
import { keepEnter } from './key-cell';
import { lineEndOf } from './line-ends';
import type { MemberRowProps } from './member-row';
import { fieldId } from './use-table';
import { TextField } from '../../../../../components/text-field';

const mostLines = 6;
const lineLength = 32;

/** The value of a member, in a field of its kind. */
export function ValueCell(row: MemberRowProps) {
  const { place, kind, value, size, title, typedValue, step } = row;
  const id = fieldId({ place, part: 'value' });
  const label = { id, labelText: `Value of ${title}`, hideLabel: true };
  switch (kind) {
    case 'text':
      return <TextCell {...row} />;
    case 'number':
      return (
        <TextField
          {...label}
          autoComplete="off"
          inputMode="decimal"
          value={typedValue ?? value}
          onChange={({ target }) => step({ do: 'enter', place, typed: target.value })}
          onKeyDown={keepEnter}
          invalid={typedValue !== undefined}
          invalidText="Enter a number, such as 12 or -0.5."
        />
      );
    case 'boolean':
      return (
        <Select {...label} value={value} onChange={({ target }) => step({ do: 'enter', place, typed: target.value })}>
          <SelectItem value="true" text="True" />
          <SelectItem value="false" text="False" />
        </Select>
      );
    case 'object':
      return <span className="kt-object__size">{size === 1 ? '1 key' : `${count(size)} keys`}</span>;
    case 'list':
      return <span className="kt-object__size">{size === 1 ? '1 item' : `${count(size)} items`}</span>;
    case 'null':
      return null;
  }
}

/** A text of one or more lines: what is pasted keeps its line ends, as a key file needs them. */
function TextCell({ place, value, title, step }: MemberRowProps) {
  const isHeld = lineEndOf(value) === null;
  const shown = value.replaceAll('\r\n', '\n');
  return (
    <TextArea
      id={fieldId({ place, part: 'value' })}
      labelText={`Value of ${title}`}
      hideLabel
      rows={linesOf(shown)}
      value={shown}
      onChange={({ target }) => step({ do: 'enter', place, typed: target.value })}
      onKeyDown={beginLine(shown.includes('\n'))}
      readOnly={isHeld}
      helperText={isHeld ? 'A field would change the line ends of this text. Edit it as JSON.' : undefined}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
    />
  );
}

/** In a text of one line Enter is more likely meant for the dialog than for the value. */
function beginLine(hasLines: boolean) {
  return (event: KeyboardEvent) => {
    if (!hasLines && !event.shiftKey) keepEnter(event);
  };
}

function linesOf(text: string): number {
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / lineLength));
  return Math.min(lines, mostLines);
}
