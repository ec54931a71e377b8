import type { ComponentType } from 'react';

/** A page as the header's menu and the side navigation list it. */
export type NavEntry = {
  /** Its name, also in the address after `#`. */
  name: string;
  title: string;
  icon: ComponentType;
  /** What stands beside the title, such as a number that asks for somebody. */
  badge?: ComponentType;
};
