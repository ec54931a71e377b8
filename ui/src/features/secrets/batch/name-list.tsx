import { ListItem, UnorderedList } from '@carbon/react';
import type { SecretView } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';

export type Named = { key: string; name: string; reason?: string | undefined };

const mostNames = 10;
const mostReasons = 50;

/** Names, each with its reason where it has one; the first of them when there are many. */
export function NameList({ label, names }: { label: string; names: readonly Named[] }) {
  const most = names.some(({ reason }) => reason) ? mostReasons : mostNames;
  return (
    <UnorderedList className="kt-batch-names" aria-label={label}>
      {names.slice(0, most).map(({ key, name, reason }) => (
        <ListItem key={key}>
          <strong>{name}</strong>
          {reason && <span className="kt-batch-names__reason">: {reason}</span>}
        </ListItem>
      ))}
      {names.length > most && <ListItem>and {count(names.length - most)} more</ListItem>}
    </UnorderedList>
  );
}

/** Secrets by name, with what hinders an action. */
export function namesOf(
  secrets: readonly SecretView[],
  reasonFor: (secret: SecretView) => string | null | undefined = () => undefined,
): Named[] {
  return secrets
    .map((secret) => ({
      key: secret.metadata.id,
      name: secret.metadata.name,
      reason: reasonFor(secret) ?? undefined,
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
