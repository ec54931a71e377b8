import type { ConnectionForm, PickedFile } from '../../ipc/bindings';

/** An instance while it is described. What was given for the other kind of place is kept until the dialog closes. */
export type ConnectionDraft = {
  name: string;
  place: 'ibm_cloud' | 'address';
  region: string;
  instanceId: string;
  endpoint: 'public' | 'private';
  url: string;
  apiKey: string;
  askForKey: boolean;
  iamUrl: string;
  proxy: string;
  rootCertificates: PickedFile | null;
};

export type DraftProps = {
  draft: ConnectionDraft;
  onChange: (change: Partial<ConnectionDraft>) => void;
  /** What the last try failed with. */
  error: unknown;
};

export const blank: ConnectionDraft = {
  name: '',
  place: 'ibm_cloud',
  region: 'us-south',
  instanceId: '',
  endpoint: 'public',
  url: '',
  apiKey: '',
  askForKey: false,
  iamUrl: '',
  proxy: '',
  rootCertificates: null,
};

/** Fields of the form that show what is wrong with them, as Rust names them. */
export const placed = [
  'name',
  'region',
  'instance_id',
  'service_url',
  'api_key',
  'ask_for_key',
  'iam_url',
  'proxy',
  'root_certificates',
] as const;

/** Whether a connection can be tested: it has an address and a key. */
export function isTestable({ place, instanceId, url, apiKey }: ConnectionDraft): boolean {
  return (place === 'ibm_cloud' ? instanceId : url).trim() !== '' && apiKey !== '';
}

export function formOf(draft: ConnectionDraft): ConnectionForm {
  return {
    name: draft.name,
    place:
      draft.place === 'ibm_cloud'
        ? {
            kind: 'ibm_cloud',
            region: draft.region,
            instance_id: draft.instanceId,
            private: draft.endpoint === 'private',
          }
        : { kind: 'address', url: draft.url },
    api_key: draft.apiKey.trim(),
    ask_for_key: draft.askForKey,
    iam_url: draft.iamUrl,
    proxy: draft.proxy,
    root_certificates: draft.rootCertificates?.token ?? null,
  };
}
