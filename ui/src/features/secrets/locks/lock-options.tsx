import { Checkbox, CheckboxGroup, InlineNotification } from '@carbon/react';
import type { LocksDraft } from './lock-draft';

type LockOptionsProps = {
  draft: LocksDraft;
  /** Why nothing of the previous version can be removed. */
  hindrance: string | null;
  onChange: (change: Partial<LocksDraft>) => void;
};

/** What becomes of the previous version when the current one is locked. */
export function LockOptions({ draft, hindrance, onChange }: LockOptionsProps) {
  const { removePrevious, deleteData } = draft;
  const reason = hindrance ?? (removePrevious ? null : 'Needs Remove previous locks.');
  return (
    <div className="kt-lock-options">
      <CheckboxGroup legendText="Previous version">
        <Checkbox
          id="kt-lock-remove-previous"
          labelText="Remove previous locks"
          checked={removePrevious}
          disabled={hindrance !== null}
          aria-describedby="kt-lock-remove-previous-hint"
          onChange={(_event, { checked }) =>
            onChange({ removePrevious: checked, deleteData: checked && deleteData })
          }
        />
        <p id="kt-lock-remove-previous-hint" className="kt-lock-options__hint">
          {hindrance ?? 'Locks with the same names on the previous version are deleted.'}
        </p>
        <Checkbox
          id="kt-lock-delete-data"
          labelText="Delete previous version data"
          checked={deleteData}
          disabled={reason !== null}
          aria-describedby="kt-lock-delete-data-hint"
          onChange={(_event, { checked }) => onChange({ deleteData: checked })}
        />
        <p id="kt-lock-delete-data-hint" className="kt-lock-options__hint">
          {reason ?? 'The value of the previous version is deleted, if no other lock keeps it.'}
        </p>
      </CheckboxGroup>
      {deleteData && (
        <InlineNotification
          kind="warning"
          lowContrast
          hideCloseButton
          role="alert"
          className="kt-problem"
          title="The value of the previous version is then gone."
          subtitle="It can no longer be viewed or restored, and this cannot be undone. Only a lock of another name on that version would keep it."
        />
      )}
    </div>
  );
}
