import { Link } from '@carbon/react';

/** Leads to **Secrets engines**; whoever shows it asks first about what would be lost. */
export function EnginesLink({ onEngines }: { onEngines: () => void }) {
  return (
    <Link
      href="#secrets-engines"
      onClick={(event) => {
        event.preventDefault();
        onEngines();
      }}
    >
      Go to Secrets engines
    </Link>
  );
}
