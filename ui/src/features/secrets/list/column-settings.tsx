import { SettingsAdjust } from '@carbon/icons-react';
import { Checkbox, CheckboxGroup, IconButton, Popover, PopoverContent } from '@carbon/react';
import { useRef, useState } from 'react';
import { columns as all } from './columns';

type ColumnSettingsProps = { columns: readonly string[]; onColumns: (columns: string[]) => void };

/** Which columns the list has. **Name** always stays: it is what the rest is about. */
export function ColumnSettings({ columns, onColumns }: ColumnSettingsProps) {
  const [open, setOpen] = useState(false);
  const area = useRef<HTMLSpanElement>(null);

  function close(): void {
    setOpen(false);
    area.current?.querySelector('button')?.focus();
  }

  function choose(key: string, chosen: boolean): void {
    onColumns(all.map((column) => column.key).filter((other) => (other === key ? chosen : columns.includes(other))));
  }

  return (
    <Popover
      ref={area}
      open={open}
      align="bottom-end"
      onRequestClose={() => setOpen(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
    >
      <IconButton
        label="Columns"
        kind="ghost"
        size="lg"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <SettingsAdjust />
      </IconButton>
      <PopoverContent className="kt-columns">
        {open && (
          <CheckboxGroup legendText="Columns">
            {all.map(({ key, title }) => (
              <Checkbox
                key={key}
                id={`kt-column-${key}`}
                labelText={title}
                checked={columns.includes(key)}
                disabled={key === 'name'}
                onChange={(_event, { checked }) => choose(key, checked)}
              />
            ))}
          </CheckboxGroup>
        )}
      </PopoverContent>
    </Popover>
  );
}
