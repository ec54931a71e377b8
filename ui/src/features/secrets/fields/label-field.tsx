import { DismissibleTag, OperationalTag } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type MouseEvent } from 'react';
import { labelsQuery } from '../queries';
import { TextField } from '../../../components/text-field';

type LabelFieldProps = {
  labels: readonly string[];
  onChange: (labels: string[]) => void;
  error?: string | undefined;
  disabled?: boolean;
};

const mostSuggested = 6;

/** Labels as tags; what is typed becomes one by Enter, comma or leaving the field. */
export function LabelField({ labels, onChange, error, disabled = false }: LabelFieldProps) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { data: known = [] } = useQuery(labelsQuery);

  const sought = typed.trim().toLowerCase();
  const suggested = known
    .filter((label) => sought !== '' && label.toLowerCase().includes(sought) && !labels.includes(label))
    .slice(0, mostSuggested);

  function add(text: string): void {
    const added = text
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean);
    setTyped('');
    if (added.length > 0) onChange([...new Set([...labels, ...added])]);
  }

  return (
    <div className="kt-field">
      <TextField
        ref={field}
        id={id}
        labelText="Labels"
        helperText="Up to 30. Press Enter or comma after each."
        value={typed}
        autoComplete="off"
        disabled={disabled}
        invalid={error !== undefined}
        invalidText={error ?? ''}
        onChange={({ target }) => (target.value.endsWith(',') ? add(target.value) : setTyped(target.value))}
        onBlur={({ currentTarget, relatedTarget }) => {
          // going to a suggestion is not yet leaving
          if (!currentTarget.closest('.kt-field')?.contains(relatedTarget)) add(typed);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed.trim() !== '') {
            event.preventDefault();
            add(typed);
          }
          if (event.key === 'Backspace' && typed === '' && labels.length > 0) onChange(labels.slice(0, -1));
        }}
      />
      {suggested.length > 0 && (
        <ul className="kt-field__tags" aria-label="Labels in use">
          {suggested.map((label) => (
            <li key={label}>
              <OperationalTag
                size="md"
                type="blue"
                text={label}
                aria-label={`Add label ${label}`}
                // the text field keeps the focus when this is clicked
                onMouseDown={(event: MouseEvent) => event.preventDefault()}
                onClick={() => {
                  add(label);
                  field.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {labels.length > 0 && (
        <ul className="kt-field__tags" aria-label="Labels that are set">
          {labels.map((label) => (
            <li key={label}>
              <DismissibleTag
                size="md"
                type="gray"
                text={label}
                title={`Remove label ${label}`}
                dismissTooltipLabel={`Remove label ${label}`}
                disabled={disabled}
                onClose={() => {
                  onChange(labels.filter((other) => other !== label));
                  field.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
