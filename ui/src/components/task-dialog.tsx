import { Modal } from '@carbon/react';
import { useCallback, useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

type Task = {
  label: string;
  run: () => void;
  /** Shown in the button's place while it takes long. */
  progress?: string;
  slow?: boolean;
  disabled?: boolean;
};

type TaskDialogProps = {
  heading: string;
  /** Absent where there is only something to read: the dialog then has no buttons but the one to close it. */
  task?: Task;
  onClose: () => void;
  /** Stands left of the task; closing is always there. */
  back?: { label: string; run: () => void };
  closeLabel?: string;
  size?: 'xs' | 'sm' | 'md' | 'lg';
  danger?: boolean;
  className?: string;
  children: ReactNode;
};

// a dialog above another one keeps the focus, which Carbon would take back for the one below
const otherDialogs = ['.kt-task [role="dialog"]'];

/**
 * A dialog for one task. It is there as long as it is rendered; whoever opened it puts the focus back.
 * Focus goes first to `data-modal-primary-focus`, or to the task's button.
 */
export function TaskDialog({
  heading,
  task,
  onClose,
  back,
  closeLabel = 'Cancel',
  size = 'sm',
  danger = false,
  className = '',
  children,
}: TaskDialogProps) {
  const close = useLatest(onClose);
  const modal = useButtonFocus(task?.slow ?? false);
  const secondary = back
    ? {
        secondaryButtons: [
          { buttonText: closeLabel, onClick: close },
          { buttonText: back.label, onClick: back.run },
        ],
      }
    : { secondaryButtonText: closeLabel, onSecondarySubmit: close };
  return createPortal(
    <Modal
      ref={modal}
      open
      className={`kt-task ${className}`}
      modalHeading={heading}
      size={size}
      danger={danger}
      selectorsFloatingMenus={otherDialogs}
      {...(task ? { ...secondary, ...primary(task) } : { passiveModal: true, preventCloseOnClickOutside: true })}
      onRequestClose={close}
    >
      {children}
    </Modal>,
    document.body,
  );
}

function primary({ label, run, progress = 'Working…', slow = false, disabled = false }: Task) {
  return {
    primaryButtonText: label,
    primaryButtonDisabled: disabled,
    loadingStatus: slow ? 'active' : 'inactive',
    loadingDescription: progress,
    onRequestSubmit: run,
  } as const;
}

/** Carbon keeps the handler of the first render for Escape, so that one has to find the newest. */
function useLatest(handle: () => void): (event?: unknown) => void {
  const latest = useRef(handle);
  useLayoutEffect(() => {
    latest.current = handle;
  });
  return useCallback((event?: unknown) => {
    // a key that is held down is one wish, not one to be asked and one to be sure
    if (!(event instanceof KeyboardEvent && event.repeat)) latest.current();
  }, []);
}

/** Carbon disables the button while it shows progress, and so takes its focus; it gets it back. */
function useButtonFocus(slow: boolean) {
  const modal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dialog = modal.current;
    if (!slow) return undefined;
    return () => {
      if (document.activeElement !== document.body) return;
      dialog?.querySelector<HTMLElement>('.cds--modal-footer .cds--btn:last-child')?.focus();
    };
  }, [slow]);
  return modal;
}
