import { queryOptions } from '@tanstack/react-query';
import { commands, type CopyGroup, type CopyPlan, type CopyRequest, type Problem } from '../../../ipc/bindings';
import { toProblem } from '../../../ipc/problem';

/** What the person chose for the copies. */
export type CopyWish = { target: string; group: CopyGroup; names: Readonly<Record<string, string>> };

/** A plan for one secret; or why there is none. */
export type Planned = { id: string; plan: CopyPlan } | { id: string; problem: Problem };

/** The instances that can be copied to. */
export const targetsQuery = queryOptions({
  queryKey: ['copy_targets'],
  queryFn: () => commands.copyTargets(),
  gcTime: 0,
  staleTime: Infinity,
});

/** What copying these secrets would do, one after the other; one that cannot be planned keeps no other. */
export const plansQuery = (ids: readonly string[], wish: CopyWish | null) =>
  queryOptions({
    queryKey: ['copy_plan', ids, wish],
    queryFn: async () => {
      const plans: Planned[] = [];
      for (const id of wish ? ids : []) if (wish) plans.push(await planOf(id, wish));
      return plans;
    },
    enabled: wish !== null,
    gcTime: 0,
    staleTime: Infinity,
  });

export function requestOf(id: string, { group, names }: CopyWish): CopyRequest {
  return { secret_id: id, name: names[id] ?? null, group };
}

async function planOf(id: string, wish: CopyWish): Promise<Planned> {
  try {
    return { id, plan: await commands.copyPlan(wish.target, requestOf(id, wish)) };
  } catch (refusal) {
    return { id, problem: toProblem(refusal) };
  }
}
