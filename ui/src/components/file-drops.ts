import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { commands, events, type PickedFile, type Problem } from '../ipc/bindings';
import { useToasts } from './toasts';
import { useIpcEvent } from './use-ipc-event';

/** Marks an element that takes files. */
export const dropZone = { 'data-drop-zone': '' } as const;

type Drop =
  { kind: 'over'; inside: boolean } | { kind: 'dropped'; file: PickedFile } | { kind: 'refused'; problem: Problem };

const eventName = 'keyturn:file';

/**
 * Hands what is dragged and dropped to the zone below the pointer. Rust has read the file already;
 * dropped elsewhere, it is given back, and the person told where to. Used once, by the window.
 */
export function useDropRouting(): void {
  const showToast = useToasts();
  const over = useRef<Element | null>(null);

  function hover(zone: Element | null): void {
    if (over.current === zone) return;
    if (over.current) tell(over.current, { kind: 'over', inside: false });
    if (zone) tell(zone, { kind: 'over', inside: true });
    over.current = zone;
  }

  useIpcEvent(events.fileDragged, ({ inside, x, y }) => hover(inside ? zoneAt(x, y) : null));
  useIpcEvent(events.fileDropRefused, ({ problem, x, y }) => {
    hover(null);
    const zone = zoneAt(x, y);
    if (zone) tell(zone, { kind: 'refused', problem });
    else showToast({ kind: 'warning', title: problem.message, subtitle: problem.remedy ?? '' });
  });
  useIpcEvent(events.fileDropped, ({ token, name, size, binary, x, y }) => {
    hover(null);
    const zone = zoneAt(x, y);
    if (zone) tell(zone, { kind: 'dropped', file: { token, name, size, binary, text: null } });
    else {
      giveBack(token);
      const subtitle = document.querySelector('[data-drop-zone]')
        ? 'Drop it on the field that it is for.'
        : 'Add or rotate a secret first, and drop it on the field for the value.';
      showToast({ kind: 'info', title: `${name} was not taken.`, subtitle });
    }
  });
}

/** Takes what is dropped on `zone`, which carries {@link dropZone}. */
export function useDrops(zone: RefObject<HTMLElement | null>, take: (drop: Drop) => void): void {
  const taken = useEffectEvent(take);
  useEffect(() => {
    const element = zone.current;
    if (!element) return undefined;
    const listen = (event: Event) => taken((event as CustomEvent<Drop>).detail);
    element.addEventListener(eventName, listen);
    return () => element.removeEventListener(eventName, listen);
  }, [zone]);
}

/** Lets Rust forget a file that is not wanted any more. It forgets by itself too, if this fails. */
export function giveBack(token: string): void {
  commands.discardFile(token).catch(() => undefined);
}

function zoneAt(x: number, y: number): Element | null {
  return document.elementFromPoint(x, y)?.closest('[data-drop-zone]') ?? null;
}

function tell(zone: Element, drop: Drop): void {
  zone.dispatchEvent(new CustomEvent<Drop>(eventName, { detail: drop }));
}
