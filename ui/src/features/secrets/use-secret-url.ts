import { useQuery } from '@tanstack/react-query';
import { copyText } from '../../components/copy-text';
import { useToasts } from '../../components/toasts';
import { apiAccessQuery, secretUrl } from '../../ipc/api-access';
import type { SecretRef } from './facts';

const off = 'The API is off. Turn it on in Settings > API access.';
const notStarted = 'The API could not start. Settings > API access says why.';

/** Where API v2 has a secret, also while the API is off: a program may be set up before. */
export function useSecretUrl() {
  const { data: access } = useQuery(apiAccessQuery);
  const showToast = useToasts();

  /** The URL of a secret; none until the address is known. */
  const urlOf = (id: string) => access && secretUrl(access.url, id);

  /** Says that it was copied, and, if so, that nothing answers there now. */
  function told(name: string): void {
    const title = `Copied the URL of ${name}`;
    if (access?.serving) showToast({ title });
    else showToast({ title, kind: 'warning', subtitle: access?.enabled ? notStarted : off });
  }

  function copy({ id, name }: SecretRef): void {
    const url = urlOf(id);
    if (url === undefined) return;
    if (copyText(url)) told(name);
    else showToast({ title: 'The URL was not copied', kind: 'warning', subtitle: 'Details shows it, to be selected.' });
  }

  return { urlOf, told, copy };
}
