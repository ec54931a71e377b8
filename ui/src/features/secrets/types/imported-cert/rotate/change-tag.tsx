import { Add, Subtract, WarningAltFilled, type CarbonIconType } from '@carbon/icons-react';
import { Tag } from '@carbon/react';

export type Change = 'added' | 'removed' | 'same key' | 'new key' | 'weaker' | 'ends earlier';

type Look = { type: 'green' | 'red' | 'gray' | 'blue'; icon?: CarbonIconType };

const looks: Record<Change, Look> = {
  added: { type: 'green', icon: Add },
  removed: { type: 'red', icon: Subtract },
  'same key': { type: 'gray' },
  'new key': { type: 'blue' },
  weaker: { type: 'red', icon: WarningAltFilled },
  'ends earlier': { type: 'red', icon: WarningAltFilled },
};

/** What became of something, in a word behind it. */
export function ChangeTag({ change }: { change: Change }) {
  const { type, icon } = looks[change];
  return (
    <>
      {' '}
      <Tag size="sm" type={type} {...(icon ? { renderIcon: icon } : {})}>
        {change}
      </Tag>
    </>
  );
}
