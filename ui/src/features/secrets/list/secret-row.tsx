import { OverflowMenuVertical } from '@carbon/icons-react';
import { memo } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import type { Column } from './columns';
import { SelectBox } from './select-box';

type CellsProps = {
  secret: SecretView;
  columns: readonly Column[];
  onDetails: (secret: SecretView) => void;
  onActions: (secret: SecretView, button: HTMLElement) => void;
};

type SecretRowProps = CellsProps & { selected: boolean; onSelect: (id: string, range: boolean) => void };

const dots = <OverflowMenuVertical className="cds--overflow-menu__icon" aria-hidden="true" />;

/**
 * A row of the list, in Carbon's classes but of plain elements, and with a menu that is made when it
 * is asked for: fifty times Carbon's cells, buttons and overflow menus would take longer than
 * everything else between a keystroke and its rows.
 */
export const SecretRow = memo(function SecretRow({ selected, onSelect, ...cells }: SecretRowProps) {
  const { id, name } = cells.secret.metadata;
  return (
    <tr className={selected ? 'cds--data-table--selected' : undefined}>
      <td className="cds--table-column-checkbox">
        <SelectBox
          id={`kt-select-${id}`}
          label={`Select ${name}`}
          checked={selected}
          onSelect={(range) => onSelect(id, range)}
        />
      </td>
      <Cells {...cells} />
    </tr>
  );
});

/** The cells that a selection leaves alone. */
const Cells = memo(function Cells({ secret, columns, onDetails, onActions }: CellsProps) {
  const { id, name } = secret.metadata;
  return (
    <>
      {columns.map(({ key, cell }) =>
        key === 'name' ? (
          <td key={key} className="kt-list__name">
            <button type="button" className="cds--link kt-list__link" onClick={() => onDetails(secret)}>
              {name}
            </button>
          </td>
        ) : (
          <td key={key} className={`kt-list__${key}`}>
            {cell(secret)}
          </td>
        ),
      )}
      <td className="cds--table-column-menu">
        <button
          type="button"
          className="cds--overflow-menu cds--overflow-menu--md"
          aria-haspopup="menu"
          aria-label={`Actions for ${name}`}
          data-actions-of={id}
          onClick={(event) => onActions(secret, event.currentTarget)}
        >
          {dots}
        </button>
      </td>
    </>
  );
}, isSame);

/** A refreshed page brings every secret anew; most of them read as before. */
function isSame(before: CellsProps, after: CellsProps): boolean {
  return (
    before.columns === after.columns &&
    before.onDetails === after.onDetails &&
    before.onActions === after.onActions &&
    (before.secret === after.secret || JSON.stringify(before.secret) === JSON.stringify(after.secret))
  );
}
