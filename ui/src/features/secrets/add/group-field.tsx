import { Button, Dropdown } from '@carbon/react';
import { Add } from '@carbon/icons-react';
import { useQuery } from '@tanstack/react-query';
import { keepEscape } from '../../../components/keep-escape';
import { ProblemNotice } from '../../../components/problem-notice';
import { defaultGroup, groupsQuery } from '../../../ipc/groups';

type GroupFieldProps = {
  /** Id of the group. */
  chosen: string;
  onChoose: (id: string) => void;
  /** Asks for a new group, which is then the chosen one. */
  onCreate: () => void;
  error: string | undefined;
};

type Choice = { id: string; name: string };

const always: readonly Choice[] = [{ id: defaultGroup, name: defaultGroup }];

/** The group that the secret will be in. */
export function GroupField({ chosen, onChoose, onCreate, error }: GroupFieldProps) {
  const groups = useQuery(groupsQuery);
  const choices = groups.data?.map(({ group: { id, name } }): Choice => ({ id, name })) ?? always;
  return (
    <div>
      <div className="kt-group-field">
        <Dropdown
          id="kt-add-group"
          titleText="Secret group"
          label="Choose a group"
          helperText="The group cannot be changed later."
          items={[...choices]}
          itemToString={(choice) => choice?.name ?? ''}
          selectedItem={choices.find(({ id }) => id === chosen) ?? null}
          onChange={({ selectedItem }) => selectedItem && onChoose(selectedItem.id)}
          onKeyDown={keepEscape}
          invalid={error !== undefined}
          invalidText={error ?? ''}
        />
        <Button
          kind="ghost"
          size="md"
          className="kt-group-field__create"
          renderIcon={Add}
          aria-label="Create a secret group"
          onClick={onCreate}
        >
          Create
        </Button>
      </div>
      <ProblemNotice error={groups.error} action={{ label: 'Try again', run: () => void groups.refetch() }} />
    </div>
  );
}
