import { Add, TrashCan } from '@carbon/icons-react';
import { Select, SelectItem } from '@carbon/react';
import { memo } from 'react';
import { KeyCell } from './key-cell';
import { isHolder, isKind, kindNames, kinds } from './kinds';
import { RowButton } from './row-button';
import type { Row } from './rows';
import type { TableStep } from './steps';
import { fieldId } from './use-table';
import { ValueCell } from './value-cell';

export type MemberRowProps = Row & {
  /** What was typed and cannot be written yet. */
  typedName: string | undefined;
  typedValue: string | undefined;
  step: (step: TableStep) => void;
};

const typeItems = kinds.map((kind) => <SelectItem key={kind} value={kind} text={kindNames[kind]} />);

/** A key or a value of a list, with all that can be done with it. */
export const MemberRow = memo(function MemberRow(row: MemberRowProps) {
  const { place, kind, title, step } = row;
  return (
    <tr>
      <td className="kt-object__key">
        <KeyCell {...row} />
      </td>
      <td className="kt-object__type">
        <Select
          id={fieldId({ place, part: 'kind' })}
          labelText={`Type of ${title}`}
          hideLabel
          value={kind}
          onChange={({ target }) => {
            if (isKind(target.value)) step({ do: 'convert', place, kind: target.value });
          }}
        >
          {typeItems}
        </Select>
      </td>
      <td className="kt-object__value">
        <ValueCell {...row} />
      </td>
      <td className="kt-object__actions">
        {isHolder(kind) && (
          <RowButton
            icon={Add}
            label={kind === 'object' ? `Add a key to ${title}` : `Add an item to ${title}`}
            onClick={() => step({ do: 'add', parent: place })}
          />
        )}
        <RowButton
          id={fieldId({ place, part: 'remove' })}
          icon={TrashCan}
          label={`Remove ${title}`}
          onClick={() => step({ do: 'remove', place })}
        />
      </td>
    </tr>
  );
});
