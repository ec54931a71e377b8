import type { ConfigurationPatch, IamCredentialsPatch, NewConfiguration, Problem } from '../../../ipc/bindings';
import type { IamConfiguration } from '../../../ipc/configurations';
import { fieldProblem } from '../../../ipc/problem';

/** The configuration of IAM credentials while it is entered or changed. */
export type IamDraft = {
  name: string;
  /** Of one that is there: blank keeps the one it has. */
  apiKey: string;
  /** Of a new one blank: that of IBM Cloud. */
  address: string;
  /** Blank: that of the key. */
  account: string;
  disabled: boolean;
};

export const emptyIam: IamDraft = { name: '', apiKey: '', address: '', account: '', disabled: false };

export const iamLabels: Readonly<Record<keyof IamDraft, string>> = {
  name: 'Name',
  apiKey: 'API key',
  address: 'IAM address',
  account: 'Account ID',
  disabled: 'Disabled',
};

/** Names of the fields on the wire that the section **More** shows. */
export const moreNames: readonly string[] = ['iam_url', 'account_id'];

/** Names of all fields on the wire that the form shows. */
export const iamFields: readonly string[] = ['name', 'api_key', 'disabled', ...moreNames];

/** What a new one still lacks; `null`: it can be sent, and Rust says what is wrong with it. */
export function missingOfNew({ name, apiKey }: IamDraft): Problem | null {
  if (name.trim() === '') return fieldProblem('name', 'Enter a name.');
  return apiKey.trim() === '' ? fieldProblem('api_key', 'Enter the API key.') : null;
}

/** The same of one that is there, which has a key already. */
export function missing({ address }: IamDraft): Problem | null {
  return address.trim() === '' ? fieldProblem('iam_url', 'Enter the address of IAM.') : null;
}

export function newIam({ name, apiKey, address, account, disabled }: IamDraft): NewConfiguration {
  return {
    name,
    detail: {
      config_type: 'iam_credentials_configuration',
      api_key: apiKey.trim(),
      disabled,
      ...(address.trim() === '' ? {} : { iam_url: address.trim() }),
      ...(account.trim() === '' ? {} : { account_id: account.trim() }),
    },
  };
}

/** As it is read. Its key is not told, and a blank one stays as it is. */
export function iamDraft(configuration: IamConfiguration): IamDraft {
  return {
    name: configuration.name,
    apiKey: '',
    address: configuration.iam_url ?? '',
    account: configuration.account_id ?? '',
    disabled: configuration.disabled ?? false,
  };
}

/** What differs from the configuration as it was read; an empty account removes it. */
export function iamPatch(start: IamDraft, draft: IamDraft): ConfigurationPatch {
  const patch: IamCredentialsPatch = {};
  if (draft.apiKey.trim() !== '') patch.api_key = draft.apiKey.trim();
  if (draft.address !== start.address) patch.iam_url = draft.address.trim();
  if (draft.account !== start.account) patch.account_id = draft.account.trim();
  if (draft.disabled !== start.disabled) patch.disabled = draft.disabled;
  return { config_type: 'iam_credentials_configuration', ...patch };
}
