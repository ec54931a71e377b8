import { Form } from '@carbon/react';
import { useEffect, useRef, type ReactNode } from 'react';

type EnterFormProps = {
  onSubmit: () => void;
  /** What the last try failed with; the focus then goes to the field at fault, and is never lost. */
  error?: unknown;
  className?: string;
  children: ReactNode;
};

const invalid = [
  'input[data-invalid]',
  'input[aria-invalid="true"]',
  'textarea[aria-invalid="true"]',
  'select[aria-invalid="true"]',
  '.cds--dropdown--invalid .cds--list-box__field',
  '.cds--multi-select--invalid input',
].join();

/** Fields of a dialog or page; Enter confirms, as the button does. */
export function EnterForm({ onSubmit, error = null, className = '', children }: EnterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  // since this field has the focus, or since it was confirmed
  const typing = useRef(false);
  useEffect(() => {
    if (error === null) return undefined;
    const faults = [...(form.current?.querySelectorAll<HTMLElement>(invalid) ?? [])];
    const fault = faults.find((field) => !field.closest('[hidden]'));
    // who types there already would type over the beginning
    if (fault && fault === document.activeElement && typing.current) return undefined;
    if (fault) {
      goTo(fault);
      if (document.activeElement === fault) return undefined;
      // a folded section opens for its fault, but only after this
      const frame = requestAnimationFrame(() => goTo(fault));
      return () => cancelAnimationFrame(frame);
    }
    if (document.activeElement === document.body) {
      // the button that had the focus was out of order for a while; what is said stays in sight
      form.current?.querySelector<HTMLElement>('[data-modal-primary-focus]')?.focus({ preventScroll: true });
    }
    return undefined;
  }, [error]);
  return (
    <Form
      ref={form}
      className={className}
      noValidate
      autoComplete="off"
      onFocus={() => (typing.current = false)}
      onInput={() => (typing.current = true)}
      onSubmit={(event) => {
        event.preventDefault();
        typing.current = false;
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

function goTo(field: HTMLElement): void {
  field.focus();
  // a long text is mended at its place, not typed anew
  if (field instanceof HTMLInputElement) field.select();
}
