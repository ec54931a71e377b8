import { ActionableNotification, ToastNotification } from '@carbon/react';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';

type Toast = {
  /** What was done, as it was read back. A failure is told where it happened, by `ProblemNotice`. */
  title: string;
  subtitle?: string;
  kind?: 'success' | 'info' | 'warning';
  /** Leads to what it is about; such a toast stays until it is dismissed. */
  action?: { label: string; run: () => void };
};
type Shown = Toast & { id: number };
type ShowToast = (toast: Toast) => void;

const timeout = 8_000;
const mostAtOnce = 3;

// outside a host, as in a test of one part, what is told goes nowhere
const ToastContext = createContext<ShowToast>(() => undefined);

/** Tells, for a few seconds and without taking the focus, that something is done. */
export function useToasts(): ShowToast {
  return useContext(ToastContext);
}

/** Where toasts appear. The region is there before the first one, so that each is read out. */
export function ToastHost({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Shown[]>([]);
  const last = useRef(0);
  const show = useCallback<ShowToast>((toast) => {
    last.current += 1;
    const id = last.current;
    setToasts((earlier) => [...earlier, { ...toast, id }].slice(-mostAtOnce));
  }, []);
  const close = (id: number) => setToasts((earlier) => earlier.filter((toast) => toast.id !== id));
  const shown = useMemo(() => <ToastContext value={show}>{children}</ToastContext>, [show, children]);

  return (
    <>
      {shown}
      <div className="kt-toasts" aria-live="polite" aria-relevant="additions">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </>
  );
}

function ToastView({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const { title, subtitle = '', kind = 'success', action } = toast;
  const shared = { kind, lowContrast: true, title, subtitle, statusIconDescription: kind, 'aria-label': 'Dismiss' } as const;
  if (!action) return <ToastNotification {...shared} timeout={timeout} onClose={() => onClose()} />;
  return (
    <ActionableNotification
      {...shared}
      // as an alert dialog, its usual role, it would take the focus from what one is at
      role="status"
      closeOnEscape={false}
      actionButtonLabel={action.label}
      onActionButtonClick={() => {
        onClose();
        action.run();
      }}
      onClose={() => onClose()}
    />
  );
}
