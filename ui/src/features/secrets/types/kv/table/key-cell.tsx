import { ChevronDown, ChevronRight } from '@carbon/icons-react';

import type { KeyboardEvent } from 'react';
import { isHolder } from './kinds';
import type { MemberRowProps } from './member-row';
import { RowButton } from './row-button';
import { fieldId } from './use-table';
import { TextField } from '../../../../../components/text-field';

/** The key of a member, as deep as it stands, and whether what it holds is shown. */
export function KeyCell(row: MemberRowProps) {
  const { place, depth, position, name, kind, size, isOpen, title, inside, typedName, step } = row;
  return (
    <div className="kt-object__branch">
      {Array.from({ length: depth }, (_, level) => (
        <span key={level} className="kt-object__indent" />
      ))}
      {isHolder(kind) ? (
        <RowButton
          icon={isOpen ? ChevronDown : ChevronRight}
          label={isOpen ? `Collapse ${title}` : `Expand ${title}`}
          aria-expanded={isOpen}
          disabled={size === 0}
          onClick={() => step({ do: 'fold', place })}
        />
      ) : (
        <span className="kt-object__no-fold" />
      )}
      {name === null ? (
        <span className="kt-object__item">Item {position + 1}</span>
      ) : (
        <TextField
          id={fieldId({ place, part: 'name' })}
          labelText={`Key ${position + 1}${inside}`}
          hideLabel
          autoComplete="off"
          spellCheck={false}
          value={typedName ?? name}
          onChange={({ target }) => step({ do: 'rename', place, name: target.value })}
          onKeyDown={keepEnter}
          // a field of one line would take out the line ends
          readOnly={/[\r\n]/.test(name)}
          invalid={typedName !== undefined}
          invalidText="This key is there already."
          warn={name === ''}
          warnText="This key has no name."
        />
      )}
    </div>
  );
}

/** Enter in a field would confirm the dialog around the table. */
export function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}
