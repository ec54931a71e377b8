import { Dropdown } from '@carbon/react';
import type { CopyGroup, CopyPlan } from '../../../ipc/bindings';
import { keepEscape } from '../../../components/keep-escape';
import { defaultGroup } from '../../../ipc/groups';

type GroupChoiceProps = {
  /** One of the plans: all of them have the groups of the target. */
  plan: CopyPlan;
  several: boolean;
  chosen: CopyGroup;
  onChoose: (group: CopyGroup) => void;
};

type Choice = { key: string; label: string; group: CopyGroup };

/** The secret group of the copies. */
export function GroupChoice({ plan, several, chosen, onChoose }: GroupChoiceProps) {
  const choices = choicesOf(plan, several);
  return (
    <Dropdown
      id="kt-copy-group"
      titleText="Secret group"
      label="Choose a group"
      helperText="The group cannot be changed later."
      items={choices}
      itemToString={(choice) => choice?.label ?? ''}
      selectedItem={choices.find(({ key }) => key === keyOf(chosen)) ?? null}
      onChange={({ selectedItem }) => selectedItem && onChoose(selectedItem.group)}
      onKeyDown={keepEscape}
    />
  );
}

function choicesOf({ groups, source_group: source }: CopyPlan, several: boolean): Choice[] {
  const same = groups.find(({ name }) => name === source);
  const choices: Choice[] = [{ key: 'same_name', label: sameLabel(source, same !== undefined, several), group: { kind: 'same_name' } }];
  if (!several && !same) {
    choices.push({ key: `new ${source}`, label: `Create ${source}`, group: { kind: 'new', name: source } });
  }
  // the group that stands first already is not there twice
  const first = several ? null : (same?.id ?? defaultGroup);
  for (const { id, name } of groups) {
    if (id !== null && id !== first) choices.push({ key: id, label: name, group: { kind: 'existing', id } });
  }
  return choices;
}

function sameLabel(source: string, there: boolean, several: boolean): string {
  if (several) return 'As here, by name; default where there is none';
  return there ? `${source} (as here)` : `${defaultGroup} (there is no group ${source})`;
}

function keyOf(group: CopyGroup): string {
  if (group.kind === 'same_name') return 'same_name';
  return group.kind === 'new' ? `new ${group.name}` : group.id;
}
