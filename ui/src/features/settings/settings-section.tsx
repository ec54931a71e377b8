import { useId, type ReactNode } from 'react';

type SettingsSectionProps = { title: string; lead?: string; children: ReactNode };

export function SettingsSection({ title, lead, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section className="kt-settings__section" aria-labelledby={id}>
      <h2 id={id} className="kt-settings__heading">
        {title}
      </h2>
      {lead !== undefined && <p className="kt-settings__lead">{lead}</p>}
      {children}
    </section>
  );
}
