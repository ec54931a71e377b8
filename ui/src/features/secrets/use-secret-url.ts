import { copyText } from '../../components/copy-text';
import { useToasts } from '../../components/toasts';
import { secretUrl, useServiceUrl } from '../../ipc/api-access';
import type { SecretRef } from './facts';

const off = 'The API is off. Turn it on in Settings > API access.';
const notStarted = 'The API could not start. Settings > API access says why.';

/** Where API v2 has a secret, also while the API is off: a program may be set up before. */
export function useSecretUrl() {
  const service = useServiceUrl();
  const showToast = useToasts();

  /** The URL of a secret; none until the address is known. */
  const urlOf = (id: string) => service?.url && secretUrl(service.url, id);

  /** Says that it was copied, and, if so, that nothing answers there now. */
  function told(name: string): void {
    const title = `Copied the URL of ${name}`;
    if (service?.standing === 'serving') showToast({ title });
    else showToast({ title, kind: 'warning', subtitle: service?.standing === 'failed' ? notStarted : off });
  }

  function copy({ id, name }: SecretRef): void {
    const url = urlOf(id);
    if (url === undefined) return;
    if (copyText(url)) told(name);
    else showToast({ title: 'The URL was not copied', kind: 'warning', subtitle: 'Details shows it, to be selected.' });
  }

  return { urlOf, told, copy };
}
