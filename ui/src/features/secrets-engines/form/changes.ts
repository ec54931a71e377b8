/** The entries of `now` that differ from those of `before`, compared by what they say. */
export function differing<Part extends object>(before: Part, now: Part): Partial<Part> {
  const entries = Object.entries(now).filter(([name, value]) => !isSame(value, before[name as keyof Part]));
  return Object.fromEntries(entries) as Partial<Part>;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
