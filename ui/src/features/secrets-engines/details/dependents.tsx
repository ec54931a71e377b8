import { ListItem, UnorderedList } from '@carbon/react';
import { count } from '../../../components/amounts';
import type { ConfigurationView } from '../../../ipc/bindings';

/** What depends on an authority or template: the first of them by name, and how many more. */
export function Dependents({ view: { configuration, used_by, used_total } }: { view: ConfigurationView }) {
  const more = used_total - used_by.length;
  return (
    <UnorderedList aria-label={`What depends on ${configuration.name}`} className="kt-engines__dependents">
      {used_by.map(({ kind, name, secret_id }) => (
        <ListItem key={secret_id ?? `${kind}/${name}`}>
          {kind} {name}
        </ListItem>
      ))}
      {more > 0 && <ListItem>and {count(more)} more</ListItem>}
    </UnorderedList>
  );
}
