import { useQueryClient } from '@tanstack/react-query';
import { commands, type OrderView, type SecretView } from '../../../ipc/bindings';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { refreshSecrets } from '../queries';

/** **Start a new order**: a rotation with what this order was given. */
export function useNewOrder(secret: SecretView, order: OrderView) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { metadata, revision, availability } = secret;
  const start = useAction(async () => {
    await commands.rotateSecret(metadata.id, {
      revision,
      custom_metadata: '',
      version_custom_metadata: order.version_custom_metadata ? JSON.stringify(order.version_custom_metadata) : '',
      input: { secret_type: 'public_cert', rotate_keys: order.rotate_keys },
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
