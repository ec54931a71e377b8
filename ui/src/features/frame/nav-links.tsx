import { SideNavLink } from '@carbon/react';
import type { NavEntry } from './nav-entry';

type NavLinksProps = { entries: readonly NavEntry[]; current: string; onFollow?: () => void; className?: string };

export function NavLinks({ entries, current, onFollow, className = '' }: NavLinksProps) {
  return entries.map(({ name, title, icon, badge: Badge }) => (
    <SideNavLink
      key={name}
      className={className}
      href={`#${name}`}
      renderIcon={icon}
      isActive={name === current}
      aria-current={name === current ? 'page' : undefined}
      tabIndex={0}
      onClick={onFollow}
    >
      {title}
      {Badge && <Badge />}
    </SideNavLink>
  ));
}
