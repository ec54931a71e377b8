import type { ConcernCode, Inspection } from '../../../../../ipc/bindings';
import { isGiven } from '../parts/part';
import type { Parts } from '../parts/parts';
import type { Rotation } from './rotation';

/** Concerns that are told where they can be mended. */
export const toldElsewhere: readonly ConcernCode[] = ['private_key_missing', 'intermediate_missing'];

/** Whether the private key of the current version is left out. */
export function losesKey({ certificate, current }: Inspection, { parts, managed }: Rotation): boolean {
  return !managed && certificate !== null && current?.private_key_included === true && !isGiven(parts.private_key);
}

/** Whether the intermediate certificate of the current version is left out. */
export function losesIntermediate(inspection: Inspection, { parts }: Rotation): boolean {
  const { certificate, current, comparison, carry_intermediate } = inspection;
  if (!certificate || !current || isGiven(parts.intermediate)) return false;
  return carry_intermediate || comparison?.intermediate === 'now_missing';
}

// what stood beside the parts, also if it was found out about those before them
const shown = new WeakMap<Parts, Inspection>();

export function noteShown({ parts }: Rotation, inspection: Inspection | null): void {
  if (inspection) shown.set(parts, inspection);
}

/** Whether the rotation makes something worse that nobody was told of yet. */
export function hasUntoldLoss(inspection: Inspection, rotation: Rotation): boolean {
  const before = shown.get(rotation.parts);
  const told = before ? losses(before, rotation) : [];
  return losses(inspection, rotation).some((loss) => !told.includes(loss));
}

function losses(inspection: Inspection, rotation: Rotation): string[] {
  const others = (inspection.comparison?.concerns ?? []).filter(({ code }) => !toldElsewhere.includes(code));
  return [
    ...(losesKey(inspection, rotation) ? ['private key'] : []),
    ...(losesIntermediate(inspection, rotation) ? ['intermediate certificate'] : []),
    ...others.map(({ message }) => message),
  ];
}
