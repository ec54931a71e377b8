import type { ReactNode } from 'react';

export type Fact = { label: string; value: ReactNode };

/** What is known of something, as names and values. */
export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section className="kt-engine-facts" aria-label={title}>
      <h3 className="kt-engine-facts__title">{title}</h3>
      <dl>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
