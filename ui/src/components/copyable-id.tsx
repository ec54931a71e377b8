import { useRef } from 'react';
import { CopyIdButton } from './copy-id-button';

/** An identifier within a table, to be copied. */
export function CopyableId({ label, text }: { label: string; text: string }) {
  const id = useRef<HTMLElement>(null);

  function select(): void {
    if (id.current) window.getSelection()?.selectAllChildren(id.current);
  }

  return (
    <span className="kt-copyable">
      <code ref={id}>{text}</code>
      <CopyIdButton label={label} size="sm" select={select} />
    </span>
  );
}
