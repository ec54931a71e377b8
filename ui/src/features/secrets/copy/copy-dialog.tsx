import { InlineLoading, ProgressBar } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { commands, type CopyGroup, type CopyTarget, type Problem, type SecretView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { useSlow } from '../../../components/use-slow';
import { secretCount } from '../batch/wording';
import { plansQuery, targetsQuery, type CopyWish, type Planned } from './copy-queries';
import { CopyResults } from './copy-results';
import { GroupChoice } from './group-choice';
import { PlanView } from './plan-view';
import { TargetField } from './target-field';
import { useCopying, type Copied } from './use-copying';
import { useOpenThere } from './use-open-there';
import { useSettled } from './use-settled';

type CopyDialogProps = { secrets: readonly SecretView[]; onClose: () => void };

const sameName: CopyGroup = { kind: 'same_name' };

/** **Copy to…**: where to, what will be copied and what not; then how far it is, and that it was read back. */
export function CopyDialog({ secrets, onClose }: CopyDialogProps) {
  const targets = useQuery(targetsQuery);
  const [target, setTarget] = useState<CopyTarget | null>(null);
  const [group, setGroup] = useState<CopyGroup>(sameName);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const ids = secrets.map(({ metadata }) => metadata.id);
  const open = target && !target.hindrance ? target : null;
  const wish: CopyWish | null = open && { target: open.id, group, names };
  // not for each letter of a name
  const settled = useSettled(wish);
  const plans = useQuery(plansQuery(ids, settled));
  const { progress, results, run, end, remove } = useCopying();
  const openThere = useOpenThere();
  const copying = useAction(run);
  const planning = useSlow(plans.isFetching);
  // the other instance is open for the time of this dialog
  useEffect(() => () => void commands.endCopy(), []);

  function choose(next: CopyTarget): void {
    setTarget(next);
    // the groups are those of the instance
    setGroup(sameName);
  }

  const planned = plans.data ?? [];
  const ready = planned.filter((one) => hindranceOf(one) === null);
  const first = planned.find((one) => 'plan' in one);
  const nameOf = (id: string) => secrets.find(({ metadata }) => metadata.id === id)?.metadata.name ?? id;
  const wanted = (one: Planned) => ({ id: one.id, name: nameOf(one.id), hindrance: hindranceOf(one) });
  const heading = secrets.length === 1 ? `Copy ${nameOf(ids[0] ?? '')} to…` : `Copy ${secretCount(secrets.length)} to…`;

  if (results && open) {
    const there = results.find(isThere);
    return (
      <TaskDialog
        heading={heading}
        {...(there && {
          task: { label: 'Open there', run: () => void openThere.run(open.id, idThere(there)), slow: openThere.slow, progress: 'Opening…' },
        })}
        closeLabel="Close"
        onClose={onClose}
        className="kt-dialog"
      >
        <div className="kt-batch-dialog">
          <CopyResults results={results} onRemove={(copied) => remove(copied, open.id)} />
          <ProblemNotice error={openThere.error} />
        </div>
      </TaskDialog>
    );
  }
  const stale = wish !== settled || plans.isFetching;
  return (
    <TaskDialog
      heading={heading}
      task={{
        label: ready.length > 0 && ready.length < ids.length ? `Copy ${ready.length} of ${ids.length}` : 'Copy',
        run: () => wish && !stale && void copying.run(planned.map(wanted), wish),
        // Carbon's own progress would take the button that ends it out of order
        disabled: stale || ready.length === 0 || copying.busy,
      }}
      closeLabel={copying.busy ? 'End' : 'Cancel'}
      onClose={copying.busy ? end : onClose}
      className="kt-dialog"
    >
      <div className="kt-batch-dialog kt-copy" tabIndex={-1} data-modal-primary-focus="">
        <ProblemNotice error={targets.error ?? plans.error} />
        {targets.data?.length === 0 && <p>There is no other instance. Create a vault or connect to one in the Resource List.</p>}
        {progress ? (
          <ProgressBar
            label={progress.of === 1 ? `Copying ${progress.name}` : `Copying ${progress.name}, ${progress.nth} of ${progress.of}`}
            helperText={progress.total > 0 ? `${progress.done} of ${progress.total} versions are there and were read back.` : 'Beginning…'}
            value={progress.done}
            max={Math.max(progress.total, 1)}
          />
        ) : (
          <>
            {targets.data && targets.data.length > 0 && (
              <TargetField targets={targets.data} chosen={target} onChoose={choose} />
            )}
            {open && first && 'plan' in first && (
              <GroupChoice plan={first.plan} several={secrets.length > 1} chosen={group} onChoose={setGroup} />
            )}
            {open &&
              planned.map((one) => (
                <PlanView
                  key={one.id}
                  planned={one}
                  sourceName={nameOf(one.id)}
                  alone={secrets.length === 1}
                  name={names[one.id]}
                  onName={(name) => setNames({ ...names, [one.id]: name })}
                />
              ))}
            {planning && <InlineLoading description="Looking what can be copied…" />}
            {ready.length > 0 && <p>Each value is read here, which is recorded, and read back there.</p>}
          </>
        )}
      </div>
    </TaskDialog>
  );
}

/** Why a secret cannot be copied as things are; `null`: it can. */
function hindranceOf(planned: Planned): Problem | null {
  return 'plan' in planned ? planned.plan.hindrance : planned.problem;
}

function isThere(copied: Copied): boolean {
  return 'receipt' in copied && copied.receipt.secret_id !== null;
}

function idThere(copied: Copied): string {
  return 'receipt' in copied ? (copied.receipt.secret_id ?? '') : '';
}
