import { useQueryClient } from '@tanstack/react-query';
import { commands, type SecretView } from '../../../ipc/bindings';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { refreshSecrets } from '../queries';
import { publicCertOf } from './issuance';

/** **Start a new order**: a rotation with the options of the secret. */
export function useNewOrder(secret: SecretView) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { metadata, revision, availability } = secret;
  const start = useAction(async () => {
    await commands.rotateSecret(metadata.id, {
      revision,
      custom_metadata: '',
      version_custom_metadata: '',
      input: { secret_type: 'public_cert', rotate_keys: publicCertOf(metadata)?.rotation.rotate_keys ?? false },
    });
    showToast({ title: 'Your order is being processed', subtitle: metadata.name });
    await refreshSecrets(client);
  });
  return {
    ...start,
    /** Why none can be started now. */
    hindrance: metadata.state === 3 ? 'the first order failed.' : (availability.rotate ?? null),
  };
}
