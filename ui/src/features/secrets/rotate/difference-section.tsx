import { Button, InlineLoading } from '@carbon/react';
import { useId, useRef } from 'react';
import type { RotationOutlook } from '../../../ipc/bindings';
import { isProblem } from '../../../ipc/problem';
import { useFocusHeir } from '../../../components/hand-focus-on';
import { ProblemNotice } from '../../../components/problem-notice';
import { ComparisonProblem } from '../compare/comparison-problem';
import { ComparisonView } from '../compare/comparison-view';
import { hasValues } from '../compare/difference';
import { ValuesSwitch } from '../compare/values-switch';
import type { RotatedTypeModule } from '../types/secret-type';
import { useDifference } from './use-difference';

type DifferenceSectionProps = {
  type: RotatedTypeModule;
  outlook: RotationOutlook;
  /** The type's own part of the draft. */
  input: unknown;
};

/** **Difference to the current version**, as soon as there is something to compare with it. */
export function DifferenceSection({ type, outlook, input }: DifferenceSectionProps) {
  const title = useId();
  const difference = useDifference(type, outlook, input);
  const { compares, isNewest, error, slow, run, values } = difference;
  if (compares === 'never') return null;
  const atOnce = compares === 'at-once';
  // while one types, what was found last stays in its place
  const comparison = atOnce || isNewest ? difference.comparison : null;
  // the field that it is about says so by itself
  const isUnfinished = atOnce && isProblem(error) && error.code === 'bad_request';

  return (
    <section className="kt-compare" aria-labelledby={title} tabIndex={-1}>
      <h3 id={title} className="kt-compare__title">
        Difference to the current version
      </h3>
      {!atOnce && !comparison && <CompareButton onClick={() => void run()} />}
      {slow && <InlineLoading description="Comparing…" />}
      <ComparisonView
        comparison={comparison}
        shown={values.shown}
        sameTitle="The new value is the same as the current one."
      />
      {comparison && hasValues(comparison) && <ValuesSwitch values={values} reads="the current version" />}
      {isUnfinished && <div className="kt-compare__note">It is shown once the new value has no faults.</div>}
      {error !== null && !isUnfinished && <ComparisonProblem error={error} onRetry={() => void run()} />}
      <ProblemNotice error={values.error} />
    </section>
  );
}

/** Goes once the answer is here, and leaves the focus to the section that shows it. */
function CompareButton({ onClick }: { onClick: () => void }) {
  const part = useRef<HTMLDivElement>(null);
  useFocusHeir(part, 'section');
  return (
    <div ref={part} className="kt-compare__switch">
      <Button kind="tertiary" size="sm" onClick={onClick}>
        Compare
      </Button>
      <div className="kt-compare__note">Each comparison is recorded in the audit log.</div>
    </div>
  );
}
