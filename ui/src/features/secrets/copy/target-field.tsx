import { Dropdown } from '@carbon/react';
import type { CopyTarget } from '../../../ipc/bindings';
import { kindNames } from '../../../components/instance-kind';
import { InstanceMark } from '../../../components/instance-mark';
import { keepEscape } from '../../../components/keep-escape';

type TargetFieldProps = {
  targets: readonly CopyTarget[];
  chosen: CopyTarget | null;
  onChoose: (target: CopyTarget) => void;
};

/** The instance to copy to, told by its colour, name and kind. One that cannot be copied to says why. */
export function TargetField({ targets, chosen, onChoose }: TargetFieldProps) {
  return (
    <Dropdown
      id="kt-copy-target"
      titleText="Copy to"
      label="Choose an instance"
      items={[...targets]}
      itemToString={(target) => (target ? `${target.name} (${kindNames[target.kind]})` : '')}
      itemToElement={named}
      renderSelectedItem={named}
      selectedItem={chosen}
      onChange={({ selectedItem }) => selectedItem && onChoose(selectedItem)}
      onKeyDown={keepEscape}
      invalid={Boolean(chosen?.hindrance)}
      invalidText={chosen?.hindrance ?? ''}
      helperText={chosen?.location ?? ''}
    />
  );
}

function named(target: CopyTarget | null) {
  if (!target) return '';
  const { name, color, kind } = target;
  return (
    <span className="kt-copy__target">
      <InstanceMark name={name} color={color} />
      <span>
        {name} ({kindNames[kind]})
      </span>
    </span>
  );
}
