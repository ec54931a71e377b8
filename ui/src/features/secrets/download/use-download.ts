import { useState } from 'react';
import { commands, type CertificateFormat } from '../../../ipc/bindings';
import { byteSize } from '../../../components/amounts';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { formats } from './formats';
import { passwordFault, type StorePassword } from './store-password';

/** Which certificate is saved. */
export type Downloaded = {
  secretId: string;
  /** `current`, or the id of a version. */
  version: string;
  /** Why its private key cannot be had. */
  keyHindrance: string | null;
};

/** Choosing a form and saving a certificate in it. */
export function useDownload({ secretId, version, keyHindrance }: Downloaded, onSaved: () => void) {
  const showToast = useToasts();
  const [format, setFormat] = useState<CertificateFormat>(keyHindrance === null ? 'pem_bundle' : 'chain');
  const [typed, setTyped] = useState<StorePassword>({ password: '', repeated: '' });
  const { key = false, password: locked = false } = formats.find((known) => known.format === format) ?? {};

  const save = useAction(async () => {
    const fault = locked ? passwordFault(typed) : null;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
    if (fault) throw fault;
    const saved = await commands.downloadCertificate(secretId, version, format, locked ? typed.password : null);
    // without a receipt the native dialog was cancelled
    if (!saved) return;
    showToast({ title: `Saved ${saved.name}`, subtitle: byteSize(saved.size) });
    onSaved();
  });

  return {
    format,
    key,
    locked,
    typed,
    save,
    choose: (next: CertificateFormat): void => {
      save.clear();
      setFormat(next);
    },
    type: (change: Partial<StorePassword>): void => {
      save.clear();
      setTyped((before) => ({ ...before, ...change }));
    },
  };
}
