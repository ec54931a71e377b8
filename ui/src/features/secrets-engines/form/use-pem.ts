import { useEffect, useEffectEvent, useState } from 'react';
import { giveBack } from '../../../components/file-drops';
import type { PartInput } from '../../../ipc/bindings';
import { toProblem } from '../../../ipc/problem';
import { noPem, pemInput } from './pem';

/** Giving a certificate or request. A file that was not used is given back. */
export function usePem() {
  const [pem, setPem] = useState(noPem);
  const input = pemInput(pem);

  // Rust forgets a file by itself when it was used
  const leave = useEffectEvent(() => {
    if (pem.file) giveBack(pem.file.token);
  });
  useEffect(() => () => leave(), []);

  /** Sends what is given, if anything is. */
  async function send<Result>(call: (given: PartInput) => Promise<Result>): Promise<Result | undefined> {
    if (!input) return undefined;
    try {
      return await call(input);
    } catch (refusal) {
      // Rust keeps a picked file for a time only; sending its token again would only fail again
      if (toProblem(refusal).target?.name === 'file') setPem((before) => ({ ...before, file: null }));
      throw refusal;
    }
  }

  return { pem, setPem, given: input !== null, send };
}
