import { ActionableNotification, ToastNotification } from '@carbon/react';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';

type Toast = {
  /** What was done, as it was read back. A failure is told where it happened, by `ProblemNotice`. */
  title: string;
  subtitle?: string;
  kind?: 'success' | 'info' | 'warning';
  /** Leads to what it is about; such a toast stays until it is dismissed. */
  action?: ToastAction;
  /** More than {@link mostAtOnce} of one kind become a single one, which stands for so many. */
  many?: { kind: string; title: (count: number) => string; action: ToastAction };
};
/** May tell why it cannot be done now: the toast then stays, and says so. */
type ToastAction = { label: string; run: () => string | null };
type Shown = Toast & { id: number; stands: number };
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
    setToasts((earlier) => kept(merged([...earlier.filter((one) => !isSame(one, toast)), { ...toast, id, stands: 1 }])));
  }, []);
  const close = (id: number) => setToasts((earlier) => earlier.filter((toast) => toast.id !== id));
  function act(id: number, { run }: ToastAction): void {
    const subtitle = run();
    if (subtitle === null) close(id);
    else setToasts((earlier) => earlier.map((toast) => (toast.id === id ? { ...toast, subtitle } : toast)));
  }
  const shown = useMemo(() => <ToastContext value={show}>{children}</ToastContext>, [show, children]);

  return (
    <>
      {shown}
      <div className="kt-toasts" aria-live="polite" aria-relevant="additions text">
        {toasts.map((toast) => (
          <ToastView
            key={toast.id}
            toast={toast}
            onClose={() => close(toast.id)}
            onAction={(action) => act(toast.id, action)}
          />
        ))}
      </div>
    </>
  );
}

/** Told again, it takes the place of the first. */
function isSame(one: Toast, other: Toast): boolean {
  return !one.action && !other.action && one.title === other.title && one.subtitle === other.subtitle;
}

/** The newest of those that go by themselves; what leads somewhere stays. */
function kept(toasts: readonly Shown[]): Shown[] {
  const passing = toasts.filter(({ action }) => !action).slice(-mostAtOnce);
  return toasts.filter((toast) => toast.action !== undefined || passing.includes(toast));
}

/** The newest toast with those of its kind, once there are too many of them. */
function merged(toasts: readonly Shown[]): Shown[] {
  const newest = toasts.at(-1);
  const many = newest?.many;
  if (!newest || !many) return [...toasts];
  const alike = toasts.filter((toast) => toast.many?.kind === many.kind);
  const stands = alike.reduce((sum, toast) => sum + toast.stands, 0);
  if (stands <= mostAtOnce) return [...toasts];
  const one: Shown = {
    id: newest.id,
    stands,
    many,
    title: many.title(stands),
    kind: alike.some(({ kind }) => kind === 'warning') ? 'warning' : 'success',
    action: many.action,
  };
  return [...toasts.filter((toast) => !alike.includes(toast)), one];
}

type ToastViewProps = { toast: Toast; onClose: () => void; onAction: (action: ToastAction) => void };

function ToastView({ toast, onClose, onAction }: ToastViewProps) {
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
      onActionButtonClick={() => onAction(action)}
      onClose={() => onClose()}
    />
  );
}
