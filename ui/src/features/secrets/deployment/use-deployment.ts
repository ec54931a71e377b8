import { useState } from 'react';
import { commands, type DeploymentCheck } from '../../../ipc/bindings';
import { fieldProblem } from '../../../ipc/problem';
import { textFault } from '../../../components/text-fault';
import { useAction } from '../../../components/use-action';

export type Asked = { address: string; serverName: string };

/** Asking a server which certificate it serves. */
export function useDeployment(secretId: string) {
  const [asked, setAsked] = useState<Asked>({ address: '', serverName: '' });
  const [result, setResult] = useState<DeploymentCheck | null>(null);
  /** What was asked last, for a refusal to say it. */
  const [tried, setTried] = useState<Asked | null>(null);

  const check = useAction(async () => {
    setResult(null);
    setTried(null);
    const address = asked.address.trim();
    const serverName = asked.serverName.trim();
    const fault =
      (address === '' ? fieldProblem('address', 'Enter the host and port of the server to ask.') : null) ??
      textFault('address', address) ??
      textFault('server_name', serverName);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
    if (fault) throw fault;
    setTried({ address, serverName });
    setResult(await commands.checkDeployment(secretId, address, serverName || null));
  });

  function change(part: Partial<Asked>): void {
    check.clear();
    // what is found is about what was asked
    setResult(null);
    setTried(null);
    setAsked((before) => ({ ...before, ...part }));
  }

  return { asked, change, check, result, tried: check.error === null ? null : tried };
}
