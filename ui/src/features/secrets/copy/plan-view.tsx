import { Button, ListItem, UnorderedList } from '@carbon/react';
import { TextField } from '../../../components/text-field';
import { ProblemNotice } from '../../../components/problem-notice';
import { fieldError, unplaced } from '../../../ipc/problem';
import type { Planned } from './copy-queries';
import { leftBehind, whatComes } from './copy-words';

type PlanViewProps = {
  planned: Planned;
  /** What the secret is called here. */
  sourceName: string;
  /** Whether the name can always be changed, and not only where it is taken. */
  alone: boolean;
  name: string | undefined;
  onName: (name: string) => void;
};

/** What of one secret will be copied, what will not, and why. */
export function PlanView({ planned, sourceName, alone, name, onName }: PlanViewProps) {
  const plan = 'plan' in planned ? planned.plan : null;
  const problem = plan ? plan.hindrance : 'problem' in planned ? planned.problem : null;
  const taken = fieldError(problem, 'name');
  const suggested = plan?.suggested_name;
  const named = alone || taken !== undefined || name !== undefined;
  const notes = plan ? [...leftBehind(plan.versions), ...plan.notes] : [];
  return (
    <section className="kt-copy__plan" aria-label={sourceName}>
      {!alone && <h3 className="kt-copy__name">{sourceName}</h3>}
      {plan && named && (
        <TextField
          id={`kt-copy-name-${planned.id}`}
          labelText="Name of the copy"
          value={name ?? sourceName}
          onChange={({ target }) => onName(target.value)}
          invalid={taken !== undefined}
          invalidText={taken ?? ''}
        />
      )}
      {suggested && (
        <Button kind="ghost" size="sm" onClick={() => onName(suggested)}>
          Use {suggested}
        </Button>
      )}
      <ProblemNotice error={unplaced(problem, ['name'])} />
      {plan && plan.copied_total > 0 && <p>{whatComes(plan)}</p>}
      {notes.length > 0 && (
        <UnorderedList aria-label={`To know about ${sourceName}`} className="kt-copy__notes">
          {notes.map((note) => (
            <ListItem key={note}>{note}</ListItem>
          ))}
        </UnorderedList>
      )}
    </section>
  );
}
