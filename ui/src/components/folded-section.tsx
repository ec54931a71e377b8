import { AccordionItem } from '@carbon/react';
import { useState, type ReactNode } from 'react';

type FoldedSectionProps = {
  title: string;
  /** What is wrong inside, if anything: a fault must not hide in a closed section. */
  fault: unknown;
  children: ReactNode;
};

/** A section of an accordion. It opens for each new fault; closed it is by hand alone. */
export function FoldedSection({ title, fault, children }: FoldedSectionProps) {
  const [open, setOpen] = useState(Boolean(fault));
  const [known, setKnown] = useState(fault);
  if (fault !== known) {
    setKnown(fault);
    if (fault) setOpen(true);
  }
  return (
    <AccordionItem title={title} open={open} onHeadingClick={({ isOpen }) => setOpen(isOpen)}>
      {children}
    </AccordionItem>
  );
}
