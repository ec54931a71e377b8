import { Form } from '@carbon/react';
import { useEffect, useRef, type ReactNode } from 'react';

type EnterFormProps = {
  onSubmit: () => void;
  /** What the last try failed with; the focus then goes to the field at fault, and is never lost. */
  error?: unknown;
  className?: string;
  children: ReactNode;
};

/** Fields of a dialog or page; Enter confirms, as the button does. */
export function EnterForm({ onSubmit, error = null, className = '', children }: EnterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null) return;
    const fault = form.current?.querySelector<HTMLInputElement>('input[data-invalid], input[aria-invalid="true"]');
    if (fault) {
      fault.focus();
      fault.select();
    } else if (document.activeElement === document.body) {
      // the button that had the focus was out of order for a while
      form.current?.querySelector<HTMLElement>('[data-modal-primary-focus]')?.focus();
    }
  }, [error]);
  return (
    <Form
      ref={form}
      className={className}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {/* with two fields and no button of its own, a form ignores Enter */}
      <button type="submit" hidden tabIndex={-1}>
        Confirm
      </button>
    </Form>
  );
}
