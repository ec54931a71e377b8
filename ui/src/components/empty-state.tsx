import { Heading, Section } from '@carbon/react';
import type { ReactNode } from 'react';

type EmptyStateProps = {
  title: string;
  /** Says what belongs here. */
  children: ReactNode;
  /** The first step: a button or link. */
  action?: ReactNode;
};

/** Stands where a list would, and offers the first step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Section className="kt-empty">
      <Heading className="kt-empty__title">{title}</Heading>
      <p className="kt-empty__text">{children}</p>
      {action}
    </Section>
  );
}
