import { Accordion, AccordionItem, Checkbox, Tag } from '@carbon/react';
import type { Lock } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { metadataText } from '../facts';
import { aliasWords } from './lock-facts';
import { lockKey } from './selection';
import { WriteButton } from '../../../components/write-button';

type LockCardProps = {
  lock: Lock;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onDelete: (button: HTMLElement) => void;
};

/** One lock: who put it on which version, and why. */
export function LockCard({ lock, selected, onSelect, onDelete }: LockCardProps) {
  const { name, secret_version_alias: alias, description } = lock;
  const which = `${name} on the ${alias} version`;
  const attributes = metadataText(lock.attributes);
  return (
    <li className="kt-lock">
      <div className="kt-lock__head">
        <Checkbox
          id={`kt-lock-${lockKey(lock)}`}
          labelText={`Select ${which}`}
          hideLabel
          checked={selected}
          onChange={(_event, { checked }) => onSelect(checked)}
        />
        <h3 className="kt-lock__name">{name}</h3>
        <Tag size="sm" type={alias === 'current' ? 'green' : 'gray'}>
          {aliasWords[alias]}
        </Tag>
        <WriteButton
          kind="danger--ghost"
          size="sm"
          aria-label={`Delete ${which}`}
          onClick={(event: { currentTarget: HTMLElement }) => onDelete(event.currentTarget)}
        >
          Delete
        </WriteButton>
      </div>
      {description && <p className="kt-lock__text">{description}</p>}
      <p className="kt-lock__facts">
        Created <RelativeDate value={lock.created_at} /> by {lock.created_by}
        {lock.updated_at !== lock.created_at && (
          <>
            {' · replaced '}
            <RelativeDate value={lock.updated_at} />
          </>
        )}
      </p>
      {attributes && (
        <Accordion size="sm" align="start">
          <AccordionItem title="Attributes">
            <pre className="kt-lock__attributes">{attributes}</pre>
          </AccordionItem>
        </Accordion>
      )}
    </li>
  );
}
