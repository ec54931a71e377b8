import { Toggle } from '@carbon/react';

/** Whether what is typed can be read. */
export function ShowToggle({ shown, onChange }: { shown: boolean; onChange: (shown: boolean) => void }) {
  return (
    <Toggle
      id="kt-typed-visible"
      size="sm"
      labelText="Show what is typed"
      hideLabel
      labelA="Show what is typed"
      labelB="Show what is typed"
      toggled={shown}
      onToggle={onChange}
    />
  );
}
