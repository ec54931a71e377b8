import { Button, TextArea } from '@carbon/react';
import { fieldError, unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TextField } from '../../../components/text-field';
import { sentence } from '../fields/checks';
import type { Naming } from './use-naming';

/** **Name** and **Description**, which **Update** saves without beginning an order. */
export function NamingFields({ naming }: { naming: Naming }) {
  const { now, change, checks, update, changed, error } = naming;
  const name = sentence(checks.name.problem) ?? fieldError(error, 'name');
  const description = sentence(checks.description.problem) ?? fieldError(error, 'description');
  const save = () => void update.run();
  return (
    <EnterForm onSubmit={() => changed && save()} error={error} className="kt-naming">
      <TextField
        id="kt-rotate-name"
        labelText="Name (optional)"
        autoComplete="off"
        value={now.name}
        onChange={(event) => change({ name: event.target.value })}
        onBlur={() => void checks.name.now()}
        invalid={name !== undefined}
        invalidText={name ?? ''}
      />
      <TextArea
        id="kt-rotate-description"
        labelText="Description (optional)"
        rows={2}
        value={now.description}
        onChange={(event) => change({ description: event.target.value })}
        onBlur={() => void checks.description.now()}
        invalid={description !== undefined}
        invalidText={description ?? ''}
      />
      <Button kind="tertiary" size="sm" disabled={!changed} onClick={save}>
        {update.slow ? 'Updating…' : 'Update'}
      </Button>
      <ProblemNotice error={unplaced(error, ['name', 'description'])} />
    </EnterForm>
  );
}
