import { InlineLoading, Stack } from '@carbon/react';
import { useState } from 'react';
import { commands, type VersionView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { ComparisonProblem } from '../compare/comparison-problem';
import { ComparisonView } from '../compare/comparison-view';
import { hasValues } from '../compare/difference';
import { useComparison } from '../compare/use-comparison';
import { ValuesNote } from '../compare/values-switch';
import type { SecretRef } from '../facts';
import { PairChoice } from './pair-choice';
import { firstPair } from './version-pair';

type CompareDialogProps = {
  secret: SecretRef;
  versions: readonly VersionView[];
  /** The one to be compared with others. */
  opened: VersionView;
  onClose: () => void;
};

/** **Compare versions**: what differs between two of them, without the values until they are asked for. */
export function CompareDialog({ secret, versions, opened, onClose }: CompareDialogProps) {
  const [pair, setPair] = useState(() => firstPair(opened, versions));
  const [older, newer] = [pair.older.metadata.id, pair.newer.metadata.id];
  const { comparison, isNewest, error, slow, run, values } = useComparison(
    {
      key: `${older} ${newer}`,
      compare: () => commands.compareVersions(secret.id, older, newer),
      reveal: () => commands.revealComparison(secret.id, older, newer),
    },
    0,
  );
  const current = isNewest ? comparison : null;
  const showable = current !== null && hasValues(current);

  return (
    <TaskDialog
      heading="Compare versions"
      task={{
        label: values.shown ? 'Hide values' : 'Show values',
        run: values.toggle,
        slow: values.slow,
        progress: 'Reading…',
        disabled: !showable,
      }}
      closeLabel="Close"
      onClose={onClose}
      size="md"
      className="kt-dialog"
    >
      <Stack gap={5}>
        <p className="kt-dialog__lead">
          What differs between two versions of <strong>{secret.name}</strong>. Each comparison is recorded in the audit
          log.
        </p>
        <PairChoice pair={pair} versions={versions} onChange={setPair} />
        {slow && <InlineLoading description="Comparing…" />}
        <ComparisonView comparison={current} shown={values.shown} />
        {showable && <ValuesNote values={values} reads="both versions" />}
        {error !== null && <ComparisonProblem error={error} onRetry={() => void run()} />}
        <ProblemNotice error={values.error} />
      </Stack>
    </TaskDialog>
  );
}
