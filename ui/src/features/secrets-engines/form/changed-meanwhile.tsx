import { InlineNotification } from '@carbon/react';

type ChangedMeanwhileProps = {
  /** Names of the fields that are not as they were when the dialog opened. */
  theirs: readonly string[];
  /** Names of the fields that the person changed. */
  own: readonly string[];
};

/** What somebody else changed since a dialog was opened, and what of it the dialog would change again. */
export function ChangedMeanwhile({ theirs, own }: ChangedMeanwhileProps) {
  if (theirs.length === 0) return null;
  const both = theirs.filter((name) => own.includes(name));
  return (
    <InlineNotification
      kind="info"
      lowContrast
      hideCloseButton
      className="kt-problem"
      title={`Changed meanwhile: ${theirs.join(', ')}.`}
      subtitle={both.length > 0 ? `You changed ${both.join(', ')} too: Save puts yours in its place.` : 'It stays so.'}
    />
  );
}
