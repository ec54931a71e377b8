import {
  Header as CarbonHeader,
  HeaderGlobalAction,
  HeaderGlobalBar,
  HeaderMenuButton,
  HeaderName,
  SkipToContent,
  Theme,
} from '@carbon/react';
import { Asleep, Keyboard, Light, Locked } from '@carbon/icons-react';
import type { ReactNode } from 'react';

type HeaderProps = {
  menuOpen: boolean;
  /** Nothing to go to before the first instance is there. */
  onMenu?: (() => void) | undefined;
  instance: ReactNode;
  /** Where the product's name leads. */
  homeHref: string;
  dark: boolean;
  onTheme: () => void;
  onShortcuts: () => void;
  /** Absent while nothing is unlocked. */
  onLock?: (() => void) | undefined;
  onSkip: () => void;
};

/** The bar on top: menu, product, active instance, and what one can do anywhere. */
export function Header({ menuOpen, onMenu, instance, homeHref, dark, onTheme, onShortcuts, onLock, onSkip }: HeaderProps) {
  return (
    <Theme theme="g100" className="kt-header">
      <CarbonHeader aria-label="Keyturn">
        {/* the address after # names the page, so the link must not follow itself */}
        <SkipToContent
          href="#content"
          onClick={(event) => {
            event.preventDefault();
            onSkip();
          }}
        />
        {onMenu && (
          <HeaderMenuButton
            aria-label={menuOpen ? 'Close menu' : 'Open menu'}
            aria-expanded={menuOpen}
            isActive={menuOpen}
            isCollapsible
            onClick={onMenu}
          />
        )}
        <HeaderName prefix="" {...(onMenu && { href: homeHref })}>
          Keyturn
        </HeaderName>
        {instance}
        <HeaderGlobalBar>
          <HeaderGlobalAction aria-label="Keyboard shortcuts" onClick={onShortcuts}>
            <Keyboard size={20} />
          </HeaderGlobalAction>
          <HeaderGlobalAction
            aria-label={dark ? 'Light theme' : 'Dark theme'}
            tooltipAlignment={onLock ? 'center' : 'end'}
            onClick={onTheme}
          >
            {dark ? <Light size={20} /> : <Asleep size={20} />}
          </HeaderGlobalAction>
          {onLock && (
            <HeaderGlobalAction aria-label="Lock" tooltipAlignment="end" onClick={onLock}>
              <Locked size={20} />
            </HeaderGlobalAction>
          )}
        </HeaderGlobalBar>
      </CarbonHeader>
    </Theme>
  );
}
