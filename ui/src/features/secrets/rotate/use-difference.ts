import { useMemo } from 'react';
import { commands, type RotationOutlook } from '../../../ipc/bindings';
import { useComparison, type Pair } from '../compare/use-comparison';
import type { RotatedTypeModule } from '../types/secret-type';

// as long as one types, nothing is asked
const pause = 400;

/** What the rotation that is being entered would change. */
export function useDifference(type: RotatedTypeModule, outlook: RotationOutlook, input: unknown) {
  const { rotation } = type;
  const { next_number } = outlook;
  const { id } = outlook.secret.metadata;
  const compares = rotation.compares?.(input) ?? 'never';

  const pair = useMemo((): Pair | null => {
    if (compares === 'never' || rotation.missing(input) !== null) return null;
    const form = rotation.form(input);
    return {
      // after a conflict there is another current version
      key: `${next_number} ${JSON.stringify(form)}`,
      compare: () => commands.compareRotation(id, form),
      reveal: () => commands.revealRotationComparison(id, form),
    };
  }, [rotation, compares, input, next_number, id]);

  const difference = useComparison(pair, compares === 'at-once' ? pause : null);
  return { ...difference, compares: pair ? compares : 'never' };
}
