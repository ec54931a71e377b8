import { ListItem, UnorderedList } from '@carbon/react';
import { count } from '../../../components/amounts';
import type { Dependent } from '../../../ipc/bindings';

type DependentsProps = {
  /** What they are. */
  label: string;
  /** The first of them. */
  named: readonly Dependent[];
  total: number;
};

/** What depends on an authority or template: the first of them by name, and how many more. */
export function Dependents({ label, named, total }: DependentsProps) {
  const more = total - named.length;
  return (
    <UnorderedList aria-label={label} className="kt-engines__dependents">
      {named.map(({ kind, name, secret_id }) => (
        <ListItem key={secret_id ?? `${kind}/${name}`}>
          {kind} {name}
        </ListItem>
      ))}
      {more > 0 && <ListItem>and {count(more)} more</ListItem>}
    </UnorderedList>
  );
}
