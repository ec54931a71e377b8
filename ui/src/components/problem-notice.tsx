import { Callout, InlineNotification } from '@carbon/react';
import { useEffect, useRef } from 'react';
import { toProblem } from '../ipc/problem';

type ProblemNoticeProps = {
  /** What a query or mutation rejected with; nothing is shown for `null`. */
  error: unknown;
  /** Offers a button beside the text, such as **Try again**. */
  action?: { label: string; run: () => void };
  /** Lets the person dismiss a notice that has no action. */
  onClose?: () => void;
};

/** What went wrong and what to do now, as an alert. It comes into sight where it stands below the fold. */
export function ProblemNotice({ error, action, onClose }: ProblemNoticeProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [error]);
  if (error === null || error === undefined) return null;
  const problem = toProblem(error);
  const text = { kind: 'error', lowContrast: true, title: problem.message } as const;
  if (action) {
    // Carbon's actionable notification takes the focus; a refusal must leave it where the work is
    return (
      <div ref={place} role="alert">
        <Callout
          className="kt-problem"
          {...text}
          subtitle={problem.remedy ?? ''}
          actionButtonLabel={action.label}
          onActionButtonClick={action.run}
        />
      </div>
    );
  }
  return (
    <div ref={place}>
      <InlineNotification
        role="alert"
        className="kt-problem"
        {...text}
        subtitle={problem.remedy ?? ''}
        hideCloseButton={!onClose}
        onCloseButtonClick={() => onClose?.()}
      />
    </div>
  );
}
