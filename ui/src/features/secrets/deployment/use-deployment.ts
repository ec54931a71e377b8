import { useRef, useState } from 'react';
import { commands, type DeploymentCheck } from '../../../ipc/bindings';
import { fieldProblem } from '../../../ipc/problem';
import { textFault } from '../../../components/text-fault';
import { useSlow } from '../../../components/use-slow';

export type Asked = { address: string; serverName: string };

/** What was found, or why nothing was; `tried` says what was asked. */
type Answer = { result: DeploymentCheck | null; error: unknown; tried: Asked | null };

const none: Answer = { result: null, error: null, tried: null };

/** Asking a server which certificate it serves. */
export function useDeployment(secretId: string) {
  const [asked, setAsked] = useState<Asked>({ address: '', serverName: '' });
  const [answer, setAnswer] = useState(none);
  const [busy, setBusy] = useState(false);
  // a server may take its time, and an answer is about the last question alone
  const newest = useRef(0);
  const slow = useSlow(busy);

  async function check(): Promise<void> {
    if (busy) return;
    const number = ++newest.current;
    const tried = { address: asked.address.trim(), serverName: asked.serverName.trim() };
    const fault = faultOf(tried);
    setAnswer(fault ? { ...none, error: fault } : none);
    if (fault) return;
    setBusy(true);
    const found = await commands.checkDeployment(secretId, tried.address, tried.serverName || null).then(
      (result): Answer => ({ ...none, result }),
      (error: unknown): Answer => ({ ...none, error, tried }),
    );
    if (newest.current !== number) return;
    setBusy(false);
    setAnswer(found);
  }

  function change(part: Partial<Asked>): void {
    newest.current += 1;
    setBusy(false);
    // what is found is about what was asked
    setAnswer(none);
    setAsked((before) => ({ ...before, ...part }));
  }

  return { asked, change, check: { run: check, slow }, ...answer };
}

function faultOf({ address, serverName }: Asked) {
  return (
    (address === '' ? fieldProblem('address', 'Enter the host and port of the server to ask.') : null) ??
    textFault('address', address) ??
    textFault('server_name', serverName)
  );
}
