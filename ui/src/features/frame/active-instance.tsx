import { Tag } from '@carbon/react';
import { Chemistry } from '@carbon/icons-react';
import { InstanceMark } from '../../components/instance-mark';
import { kindNames } from '../../components/instance-kind';
import type { ActiveInstance as Instance } from '../../ipc/bindings';

/** Which instance one works in: mark, name and kind. */
export function ActiveInstance({ instance }: { instance: Instance }) {
  const { name, kind, color } = instance;
  return (
    <div className="kt-active" role="group" aria-label="Active instance">
      <InstanceMark name={name} color={color} />
      <span className="kt-active__name" title={name}>
        {name}
      </span>
      {kind === 'sample' ? (
        <Tag type="high-contrast" size="md" renderIcon={Chemistry}>
          {kindNames.sample}
        </Tag>
      ) : (
        <span className="kt-active__kind">{kindNames[kind]}</span>
      )}
    </div>
  );
}
