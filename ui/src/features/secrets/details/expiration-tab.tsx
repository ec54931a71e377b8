import type { UseQueryResult } from '@tanstack/react-query';
import type { PolicyOutlook, SecretView } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { localMoments } from '../../../components/local-moments';
import { RelativeDate } from '../../../components/relative-date';
import { isCertificate } from '../certificate/certificate-type';
import { expirationOf } from '../facts';
import { ExpirationField } from '../fields/expiration-field';
import { typeModule } from '../types/secret-types';
import type { Changes, Editable } from './secret-edit';

type ExpirationTabProps = {
  secret: SecretView;
  form: Editable;
  onChange: (changes: Changes) => void;
  /** Whether the date is to be saved. */
  changed: boolean;
  outlook: UseQueryResult<PolicyOutlook>;
  error: unknown;
};

/** When the secret becomes unreadable, for the types that can expire. */
export function ExpirationTab({ secret, form, onChange, changed, outlook, error }: ExpirationTabProps) {
  if (isCertificate(secret.metadata.secret_type)) {
    return (
      <p>
        The secret expires with its certificate: <RelativeDate value={expirationOf(secret.metadata)} none="there is none yet" />.
      </p>
    );
  }
  if (secret.metadata.secret_type === 'iam_credentials') {
    return (
      <p>
        The API key in force expires with its lease: <RelativeDate value={expirationOf(secret.metadata)} none="there is none" />.
      </p>
    );
  }
  if (!typeModule(secret.metadata.secret_type)?.expires) return <p>Secrets of this type do not expire.</p>;
  const hindrance = outlook.data?.hindrance;
  // with a policy it may be the new date that does not fit the interval
  const misfit = changed && hindrance?.code === 'Error02009' ? fieldError(hindrance, 'rotation') : undefined;
  const fault = fieldError(error, 'expiration_date') ?? fieldError(hindrance, 'expiration_date') ?? misfit;
  return (
    <ExpirationField
      expiration={form.expiration}
      onChange={(expiration) => onChange({ expiration })}
      error={fault && localMoments(fault)}
    />
  );
}
