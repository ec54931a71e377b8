import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type OrderView, type SecretView } from '../../../../ipc/bindings';
import { useAction } from '../../../../components/use-action';
import { refreshSecrets } from '../../queries';
import { useNewOrder } from '../use-new-order';
import type { OrderCheck } from './use-order-check';

/** What a person can set off: each begins without what the others said, and nothing outlives its stage. */
export function useOrderActions(secret: SecretView, order: OrderView, check: OrderCheck) {
  const client = useQueryClient();
  const { id } = secret.metadata;
  const validate = useAction(async () => {
    await commands.validateChallenges(id);
    check.stop();
    await refreshSecrets(client);
  });
  const cancel = useAction(async () => {
    await commands.cancelOrder(id);
    check.stop();
    await refreshSecrets(client);
  });
  const newOrder = useNewOrder(secret, order);
  const actions = [validate, cancel, newOrder];
  const forget = () => actions.forEach(({ clear }) => clear());

  const [stage, setStage] = useState(order.stage);
  if (stage !== order.stage) {
    setStage(order.stage);
    forget();
  }

  const beginning = (action: { run: () => Promise<unknown> }) => () => {
    forget();
    void action.run();
  };
  return {
    validate: { ...validate, run: beginning(validate) },
    cancel: { ...cancel, run: beginning(cancel) },
    newOrder: {
      ...newOrder,
      run: () => {
        // its records are other ones, which nobody has set yet
        check.stop();
        beginning(newOrder)();
      },
    },
    error: validate.error ?? cancel.error ?? newOrder.error,
  };
}

export type OrderActions = ReturnType<typeof useOrderActions>;
