import { Button, FormGroup, Stack, TextArea } from '@carbon/react';
import { TrashCan } from '@carbon/icons-react';
import { useEffect, useRef } from 'react';
import type { LockForm } from '../../../ipc/bindings';
import { checkDescription, checkLockName, checkMetadata, sentence } from '../fields/checks';
import { MetadataField } from '../fields/metadata-field';
import { useCheck } from '../fields/use-check';
import type { LockDraft } from './lock-draft';
import { TextField } from '../../../components/text-field';

type LockFieldsProps = {
  lock: LockDraft;
  /** Its place among several. */
  place: number;
  several: boolean;
  /** A lock of this name is there and would be replaced. */
  replaces: string | null;
  errorOf: (field: 'name' | 'description' | 'attributes') => string | undefined;
  onChange: (change: Partial<LockForm>) => void;
  onRemove: () => void;
};

/** One of the locks that are created together. */
export function LockFields({ lock, place, several, replaces, errorOf, onChange, onRemove }: LockFieldsProps) {
  const { key, name, description, attributes } = lock;
  const first = useRef<HTMLInputElement>(null);
  const checks = {
    name: useCheck(name, checkLockName),
    description: useCheck(description, checkDescription),
    attributes: useCheck(attributes, (text) => checkMetadata('attributes', text)),
  };
  const faults = {
    name: errorOf('name') ?? sentence(checks.name.problem),
    description: errorOf('description') ?? sentence(checks.description.problem),
    attributes: errorOf('attributes') ?? sentence(checks.attributes.problem),
  };
  const added = key > 1;
  useEffect(() => {
    if (added) first.current?.focus();
  }, [added]);

  return (
    <FormGroup legendText={several ? `Lock ${place}` : <span className="cds--visually-hidden">Lock</span>}>
      <Stack gap={5}>
        <TextField
          ref={first}
          id={`kt-lock-name-${key}`}
          {...(added ? {} : { 'data-modal-primary-focus': '' })}
          labelText="Name"
          helperText="Who uses the version, such as app-1. 2 to 64 characters, the first a letter."
          autoComplete="off"
          spellCheck={false}
          value={name}
          onChange={(event) => onChange({ name: event.target.value })}
          invalid={faults.name !== undefined}
          invalidText={faults.name ?? ''}
          warn={faults.name === undefined && replaces !== null}
          warnText={replaces ?? ''}
        />
        <TextArea
          id={`kt-lock-description-${key}`}
          labelText="Description"
          rows={2}
          value={description}
          onChange={(event) => onChange({ description: event.target.value })}
          onBlur={() => void checks.description.now()}
          invalid={faults.description !== undefined}
          invalidText={faults.description ?? ''}
        />
        <MetadataField
          id={`kt-lock-attributes-${key}`}
          label="Attributes"
          text={attributes}
          onChange={(text) => onChange({ attributes: text })}
          onLeave={() => void checks.attributes.now()}
          error={faults.attributes}
          helperText="A JSON object. Do not put confidential data here."
        />
        {several && (
          <Button kind="ghost" size="sm" renderIcon={TrashCan} aria-label={`Remove lock ${place}`} onClick={onRemove}>
            Remove
          </Button>
        )}
      </Stack>
    </FormGroup>
  );
}
