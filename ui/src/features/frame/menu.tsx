import { SideNav, SideNavDivider, SideNavItems } from '@carbon/react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { NavEntry } from './nav-entry';
import { NavLinks } from './nav-links';

type MenuProps = {
  entries: readonly NavEntry[];
  /** Pages of the active instance, for windows too narrow for its navigation; none while it is locked. */
  instanceEntries: readonly NavEntry[];
  current: string;
  onClose: () => void;
};

/** What the header's menu button opens. It takes the focus and gives it back. */
export function Menu({ entries, instanceEntries, current, onClose }: MenuProps) {
  const menu = useRef<HTMLElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    const shown = menu.current;
    shown?.querySelector('a')?.focus();
    return () => {
      const focused = document.activeElement;
      const lost = focused === document.body || shown?.contains(focused) === true;
      if (lost && opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  const leave = useEffectEvent((event: PointerEvent | FocusEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || menu.current?.contains(target)) return;
    // the button closes the menu by itself
    if (!target.closest('.cds--header__menu-trigger')) onClose();
  });
  const escape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  });
  useEffect(() => {
    const onLeave = (event: PointerEvent | FocusEvent) => leave(event);
    const onKey = (event: KeyboardEvent) => escape(event);
    document.addEventListener('pointerdown', onLeave);
    document.addEventListener('focusin', onLeave);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onLeave);
      document.removeEventListener('focusin', onLeave);
      document.removeEventListener('keydown', onKey);
    };
  }, []);

  return (
    <SideNav ref={menu} aria-label="Menu" className="kt-menu" isPersistent={false} expanded addFocusListeners={false}>
      <SideNavItems>
        <NavLinks entries={entries} current={current} onFollow={onClose} />
        {instanceEntries.length > 0 && (
          <>
            <SideNavDivider className="kt-menu__inside" />
            <NavLinks className="kt-menu__inside" entries={instanceEntries} current={current} onFollow={onClose} />
          </>
        )}
      </SideNavItems>
    </SideNav>
  );
}
