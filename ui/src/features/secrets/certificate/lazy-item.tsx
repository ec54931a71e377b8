import { AccordionItem } from '@carbon/react';
import { useState, type ReactNode } from 'react';

type LazyItemProps = { title: string; startsOpen?: boolean; children: ReactNode };

/** An entry of an accordion whose content is made when it is opened: a chain holds much of it. */
export function LazyItem({ title, startsOpen = false, children }: LazyItemProps) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <AccordionItem title={title} open={open} onHeadingClick={({ isOpen }) => setOpen(isOpen)}>
      {open && children}
    </AccordionItem>
  );
}
