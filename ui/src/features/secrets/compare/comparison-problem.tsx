import { useRef } from 'react';
import { useFocusHeir } from '../../../components/hand-focus-on';
import { ProblemNotice } from '../../../components/problem-notice';

/** Why nothing was compared. It goes with the next answer, and leaves the focus to the dialog. */
export function ComparisonProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const part = useRef<HTMLDivElement>(null);
  useFocusHeir(part);
  return (
    <div ref={part}>
      <ProblemNotice error={error} action={{ label: 'Try again', run: onRetry }} />
    </div>
  );
}
