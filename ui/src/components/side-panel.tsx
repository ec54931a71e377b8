import { Button, Heading, IconButton, Section } from '@carbon/react';
import { Close } from '@carbon/icons-react';
import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

type PanelTask = { label: string; run: () => void; disabled?: boolean };

type SidePanelProps = {
  title: string;
  subtitle?: string;
  onClose: () => void;
  /** The one accent action, in the footer beside **Cancel**. */
  task?: PanelTask;
  closeLabel?: string;
  children: ReactNode;
};

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/**
 * A panel at the window's right edge with Carbon's side panel styles, for which `@carbon/react` has
 * no part. It keeps the focus; whoever opened it puts the focus back.
 */
export function SidePanel({ title, subtitle, onClose, task, closeLabel = 'Cancel', children }: SidePanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const titleId = useId();

  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('[data-panel-primary-focus]');
    (first ?? panel.current)?.focus();
  }, []);

  const press = useEffectEvent((event: KeyboardEvent) => {
    // a dialog or menu above the panel has the keys
    if (event.defaultPrevented || document.querySelector('.cds--modal.is-visible, .cds--menu--open')) return;
    // and so has a panel that this one opened
    if ([...document.querySelectorAll('.kt-panel')].at(-1) !== panel.current) return;
    if (event.key === 'Escape' && !event.repeat) onClose();
    if (event.key === 'Tab') keepInside(event, panel.current);
  });
  useEffect(() => {
    // Carbon's dialogs listen on the document too: by capturing, this looks before they are gone.
    // After a click on nothing the page has the focus, and the panel would not hear of Tab
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, []);

  return createPortal(
    <>
      <div className="cds--side-panel__overlay" aria-hidden="true" />
      <div
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        className="cds--side-panel cds--side-panel--lg cds--side-panel--right-placement cds--side-panel--open cds--side-panel--has-overlay kt-panel"
      >
        <Section
          as="header"
          className="cds--side-panel__header cds--side-panel__header--has-title cds--side-panel__header--no-title-animation"
        >
          <div className="cds--side-panel__title cds--side-panel__title--no-label">
            <Heading id={titleId} className="cds--side-panel__title-text">
              {title}
            </Heading>
          </div>
          {subtitle !== undefined && <p className="cds--side-panel__subtitle-text kt-panel__subtitle">{subtitle}</p>}
          <div className="cds--side-panel__slug-and-close">
            <IconButton
              label="Close"
              align="left"
              kind="ghost"
              size="md"
              className="cds--side-panel__close-button"
              onClick={onClose}
            >
              <Close size={20} aria-hidden="true" />
            </IconButton>
          </div>
        </Section>
        <div className="cds--side-panel__inner-content cds--side-panel--scrolls kt-panel__content">{children}</div>
        {task && (
          <div className="cds--side-panel__actions-container cds--action-set cds--btn-set kt-panel__footer">
            <Button kind="secondary" className="cds--action-set__action-button" onClick={onClose}>
              {closeLabel}
            </Button>
            <Button className="cds--action-set__action-button" disabled={task.disabled ?? false} onClick={task.run}>
              {task.label}
            </Button>
          </div>
        )}
      </div>
    </>,
    document.body,
  );
}

function keepInside(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.tabIndex >= 0);
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  const from = document.activeElement;
  const outside = !panel.contains(from);
  if (event.shiftKey && (outside || from === first || from === panel)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (outside || from === last)) {
    event.preventDefault();
    first.focus();
  }
}
