import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands, type ListLocks, type ListSecrets, type SecretEdit } from '../../ipc/bindings';

const all = ['secrets'] as const;

/*
 * Nothing here outlives its view (`gcTime: 0`): Rust answers from memory, and a page of rows for
 * every letter that was ever searched would only grow the window.
 */

/** One page of the list. The page before stays visible until the next one is here. */
export const secretsQuery = (query: ListSecrets) =>
  queryOptions({
    queryKey: [...all, 'list', query],
    queryFn: () => commands.listSecrets(query),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

/** Every label that is in use. */
export const labelsQuery = queryOptions({
  queryKey: [...all, 'labels'],
  queryFn: () => commands.listLabels(),
  gcTime: 0,
});

/** A secret without its value. */
export const secretQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'secret', id], queryFn: () => commands.getSecret(id), gcTime: 0 });

/** The versions of a secret without their values. */
export const versionsQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'versions', id], queryFn: () => commands.listVersions(id), gcTime: 0 });

/** The certificate of a version (`current`, or its id), decoded. */
export const certificateQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: [...all, 'certificate', id, version],
    queryFn: () => commands.getCertificate(id, version),
    gcTime: 0,
  });

/** What differs between the certificates of two versions. They are as they were made, so once is enough. */
export const comparedCertificatesQuery = (id: string, older: string, newer: string) =>
  queryOptions({
    queryKey: ['compared_certificates', id, older, newer],
    queryFn: () => commands.compareCertificates(id, older, newer),
    gcTime: 0,
    staleTime: Infinity,
  });

/** The newest order of a public certificate; `null` before the first. */
export const orderQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'order', id], queryFn: () => commands.getOrder(id), gcTime: 0 });

/** The records of an order and of the one before, as lines of a zone file. */
export const zoneFileQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'zone_file', id], queryFn: () => commands.zoneFile(id), gcTime: 0 });

/** The zones of the records with these names. They are asked for on the network, so once is enough. */
export const zonesQuery = (id: string, names: readonly string[]) =>
  queryOptions({
    queryKey: ['zones', id, names],
    queryFn: () => commands.findZones(id),
    gcTime: 0,
    staleTime: Infinity,
  });

/** A page of the locks of a secret. */
export const locksQuery = (id: string, query: ListLocks) =>
  queryOptions({
    queryKey: [...all, 'locks', id, query],
    queryFn: () => commands.listLocks(id, query),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

/** What a change of policy, reminder or expiration would do. */
export const policyOutlookQuery = (id: string, edit: SecretEdit) =>
  queryOptions({
    queryKey: [...all, 'policy_outlook', id, edit],
    queryFn: () => commands.previewPolicy(id, edit),
    gcTime: 0,
  });

/**
 * Which of these secrets are gone. The key names none of them: it is read when secrets may have
 * changed, not for every box that is ticked.
 */
export const goneQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: [...all, 'gone'],
    queryFn: async () => {
      const there = new Set((await commands.getSecrets([...ids])).map(({ metadata }) => metadata.id));
      return ids.filter((id) => !there.has(id));
    },
    gcTime: 0,
    staleTime: Infinity,
  });

/** Several secrets as they are when a dialog about them opens; it goes on with what the person saw. */
export const selectedQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['selected_secrets', ids],
    queryFn: () => commands.getSecrets([...ids]),
    gcTime: 0,
    staleTime: Infinity,
  });

/** What a rotation would do. */
export const outlookQuery = (id: string) =>
  queryOptions({
    queryKey: ['rotation_outlook', id],
    queryFn: () => commands.previewRotation(id),
    gcTime: 0,
    staleTime: 0,
  });

/**
 * Reads everything about secrets again. The outlook of a rotation stays: a dialog works on what the
 * person saw, and a change in between comes back as a conflict that says so.
 */
export function refreshSecrets(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: all });
}
