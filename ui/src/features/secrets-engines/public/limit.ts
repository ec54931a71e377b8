/** How many authorities, and how many providers, an instance has at most. */
const most = 10;

/** Why no more can be added; `null`: there is room. */
export function limitHindrance(number: number, things: string): string | null {
  if (number < most) return null;
  return `There are ${most} ${things}, and there cannot be more. Delete one that is no longer used.`;
}
