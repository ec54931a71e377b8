import { Button, DataTableSkeleton, Heading, Section, Stack } from '@carbon/react';
import { Add } from '@carbon/icons-react';
import { useId, type ReactNode } from 'react';
import { EmptyState } from '../../../components/empty-state';

type ConfigurationListProps = {
  title: string;
  lead: string;
  add: {
    /** What **Add** adds. */
    thing: string;
    kind: 'primary' | 'tertiary';
    hindrance: string | null;
    run: () => void;
  };
  /** `null`: not read yet. */
  number: number | null;
  empty: { title: string; words: string };
  columns: readonly string[];
  /** The table. */
  children: ReactNode;
};

/** One kind of configuration with its title and **Add**, or what belongs there. */
export function ConfigurationList({ title, lead, add, number, empty, columns, children }: ConfigurationListProps) {
  const id = useId();
  const reason = useId();
  const button = (
    <div className="kt-engines__add">
      <Button
        data-add={add.thing}
        kind={add.kind}
        renderIcon={Add}
        aria-label={`Add ${add.thing}`}
        disabled={add.hindrance !== null}
        title={add.hindrance ?? undefined}
        aria-describedby={add.hindrance === null ? undefined : reason}
        onClick={add.run}
      >
        Add
      </Button>
      {add.hindrance !== null && (
        <p id={reason} className="kt-engines__reason">
          {add.hindrance}
        </p>
      )}
    </div>
  );
  return (
    <Section aria-labelledby={id}>
      <Stack gap={5}>
        <div className="kt-engines__head">
          <div>
            <Heading id={id} className="kt-engines__title">
              {title}
            </Heading>
            <p className="kt-engines__lead">{lead}</p>
          </div>
          {number !== null && number > 0 && button}
        </div>
        {number === 0 && (
          <EmptyState title={empty.title} action={button}>
            {empty.words}
          </EmptyState>
        )}
        {number !== null && number > 0 && children}
        {number === null && (
          <DataTableSkeleton
            aria-label={`Loading ${title}`}
            showHeader={false}
            showToolbar={false}
            columnCount={columns.length}
            rowCount={2}
          />
        )}
      </Stack>
    </Section>
  );
}
