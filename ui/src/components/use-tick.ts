import { useSyncExternalStore } from 'react';

const minute = 60_000;

let ticks = 0;
let timer = 0;
const heard = new Set<() => void>();

/** Draws what tells the time anew once a minute; one timer serves all of it. */
export function useTick(): void {
  useSyncExternalStore(subscribe, () => ticks);
}

function subscribe(hear: () => void): () => void {
  if (heard.size === 0) timer = window.setInterval(tick, minute);
  heard.add(hear);
  return () => {
    heard.delete(hear);
    if (heard.size === 0) window.clearInterval(timer);
  };
}

function tick(): void {
  ticks += 1;
  heard.forEach((hear) => hear());
}
