import type { ComponentType } from 'react';

/** A page as the header's menu and the side navigation list it. */
export type NavEntry = {
  /** Its name, also in the address after `#`. */
  name: string;
  title: string;
  icon: ComponentType;
};
