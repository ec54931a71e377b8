import { Callout, InlineNotification } from '@carbon/react';
import { toProblem } from '../ipc/problem';

type ProblemNoticeProps = {
  /** What a query or mutation rejected with; nothing is shown for `null`. */
  error: unknown;
  /** Offers a button beside the text, such as **Try again**. */
  action?: { label: string; run: () => void };
  /** Lets the person dismiss a notice that has no action. */
  onClose?: () => void;
};

/** What went wrong and what to do now, as an alert. */
export function ProblemNotice({ error, action, onClose }: ProblemNoticeProps) {
  if (error === null || error === undefined) return null;
  const problem = toProblem(error);
  const text = { kind: 'error', lowContrast: true, title: problem.message } as const;
  if (action) {
    // Carbon's actionable notification takes the focus; a refusal must leave it where the work is
    return (
      <div role="alert">
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
    <InlineNotification
      role="alert"
      className="kt-problem"
      {...text}
      subtitle={problem.remedy ?? ''}
      hideCloseButton={!onClose}
      onCloseButtonClick={() => onClose?.()}
    />
  );
}
