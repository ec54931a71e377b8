import { useRef } from 'react';
import { CopyIdButton } from './copy-id-button';

type CopyableIdProps = {
  label: string;
  text: string;
  /** Shows all of it, on several lines where it is long. */
  whole?: boolean;
};

/** An identifier within a table or a list of facts, to be copied. */
export function CopyableId({ label, text, whole = false }: CopyableIdProps) {
  const id = useRef<HTMLElement>(null);

  function select(): void {
    if (id.current) window.getSelection()?.selectAllChildren(id.current);
  }

  return (
    <span className={whole ? 'kt-copyable kt-copyable--whole' : 'kt-copyable'}>
      <code ref={id}>{text}</code>
      <CopyIdButton label={label} size="sm" select={select} />
    </span>
  );
}
