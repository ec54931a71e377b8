import type { ReactNode } from 'react';
import { reminderWords } from '../fields/reminder';
import { GroupName } from '../group-name';
import type { SecretTypeModule } from '../types/secret-type';
import { remindable, type AddDraft } from './add-form';

/** Everything once more before it is added. */
export function ReviewStep({ type, draft }: { type: SecretTypeModule; draft: AddDraft }) {
  const rows: { label: string; value: ReactNode }[] = [
    { label: 'Type', value: type.title },
    { label: 'Name', value: draft.name },
    { label: 'Description', value: draft.description || '—' },
    { label: 'Secret group', value: <GroupName id={draft.group} /> },
    { label: 'Labels', value: draft.labels.join(', ') || '—' },
    ...type.add.review(draft.detail),
    ...(remindable(type, draft) ? [{ label: 'Reminder', value: reminderWords(draft.reminder) }] : []),
    { label: 'Metadata', value: <Json text={draft.metadata} /> },
    { label: 'Version metadata', value: <Json text={draft.versionMetadata} /> },
  ];
  return (
    <dl className="kt-facts kt-facts--wide" aria-label="Review">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Json({ text }: { text: string }) {
  if (text.trim() === '') return '—';
  return <pre className="kt-review__json">{text}</pre>;
}
