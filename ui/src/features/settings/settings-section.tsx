import { useId, type ReactNode } from 'react';

type SettingsSectionProps = {
  title: string;
  lead?: string;
  /** By which it can be asked for from elsewhere. */
  id?: string;
  children: ReactNode;
};

export function SettingsSection({ title, lead, id, children }: SettingsSectionProps) {
  const own = useId();
  const heading = id ?? own;
  return (
    <section className="kt-settings__section" aria-labelledby={heading}>
      <h2 id={heading} tabIndex={id === undefined ? undefined : -1} className="kt-settings__heading">
        {title}
      </h2>
      {lead !== undefined && <p className="kt-settings__lead">{lead}</p>}
      {children}
    </section>
  );
}
