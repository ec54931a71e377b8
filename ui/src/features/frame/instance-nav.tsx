import { SideNav, SideNavItems } from '@carbon/react';
import type { NavEntry } from './nav-entry';
import { NavLinks } from './nav-links';

type InstanceNavProps = { entries: readonly NavEntry[]; current: string };

/** Side navigation within the active instance. In a narrow window the menu stands in for it. */
export function InstanceNav({ entries, current }: InstanceNavProps) {
  return (
    <SideNav aria-label="Instance" className="kt-instance-nav" addFocusListeners={false}>
      <SideNavItems>
        <NavLinks entries={entries} current={current} />
      </SideNavItems>
    </SideNav>
  );
}
