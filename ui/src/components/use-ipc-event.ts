import { useEffect, useEffectEvent } from 'react';

type IpcEvent<Payload> = { listen: (handle: (event: { payload: Payload }) => void) => Promise<() => void> };

/** Hears an event of the program for as long as the component is there. */
export function useIpcEvent<Payload>(event: IpcEvent<Payload>, handle: (payload: Payload) => void): void {
  const heard = useEffectEvent(handle);
  useEffect(() => {
    let left = false;
    let unlisten: (() => void) | undefined;
    void event
      .listen(({ payload }) => heard(payload))
      .then((stop) => {
        if (left) stop();
        else unlisten = stop;
      });
    return () => {
      left = true;
      unlisten?.();
    };
  }, [event]);
}
