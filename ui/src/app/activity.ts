import { useEffect } from 'react';
import { commands } from '../ipc/bindings';

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'];
const atMostEvery = 10_000;

/** Tells Rust that somebody is at work, for as long as a vault is open and could lock itself. */
export function useActivity(unlocked: boolean): void {
  useEffect(() => {
    if (!unlocked) return undefined;
    let pause = 0;
    let since = false;

    function tell() {
      since = false;
      // the worst that comes of a lost one is that the vault locks early
      commands.touch().catch(() => undefined);
      pause = window.setTimeout(() => {
        pause = 0;
        if (since) tell();
      }, atMostEvery);
    }
    function sign() {
      if (pause === 0) tell();
      else since = true;
    }

    for (const name of signs) window.addEventListener(name, sign, { passive: true, capture: true });
    return () => {
      window.clearTimeout(pause);
      for (const name of signs) window.removeEventListener(name, sign, { capture: true });
    };
  }, [unlocked]);
}
