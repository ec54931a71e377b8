import { InlineNotification } from '@carbon/react';

/** What becomes of the locks on the current version. */
export function LocksMove({ sentence }: { sentence: string | null | undefined }) {
  return (
    sentence && (
      <InlineNotification
        kind="info"
        lowContrast
        hideCloseButton
        className="kt-problem"
        title="The current version is locked."
        subtitle={sentence}
      />
    )
  );
}
