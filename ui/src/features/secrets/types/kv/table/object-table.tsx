import { Callout } from '@carbon/react';
import { useMemo } from 'react';
import { ShowToggle } from '../../../fields/show-toggle';
import { data } from '../data';
import type { ObjectDraft } from '../object-draft';
import { MemberTable } from './member-table';
import { readObject } from './object-text';

type ObjectTableProps = {
  draft: ObjectDraft;
  onChange: (part: Partial<ObjectDraft>) => void;
  error?: string | undefined;
};

/** The object as a table of its keys, or why its text cannot be shown as one. */
export function ObjectTable({ draft, onChange, error }: ObjectTableProps) {
  const { text, shown } = draft;
  const object = useMemo(() => readObject(text), [text]);
  if ('fault' in object) {
    return (
      <div role="alert">
        <Callout
          className="kt-problem"
          kind="error"
          lowContrast
          title="This is not a JSON object yet."
          subtitle={error ?? object.fault}
          actionButtonLabel="Go to JSON text"
          onActionButtonClick={() => onChange({ view: 'json' })}
        />
      </div>
    );
  }
  return (
    <div className={shown ? 'kt-object' : 'kt-object kt-object--masked'}>
      <MemberTable object={object} draft={draft} onChange={onChange} />
      {error === undefined ? (
        <p className="cds--form__helper-text">{data.measure(text).words} Shift and Enter begin a new line in a text.</p>
      ) : (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
      <ShowToggle shown={shown} onChange={(show) => onChange({ shown: show })} />
    </div>
  );
}
