import type { Inspection } from '../../../../../ipc/bindings';
import { sentence } from '../../../fields/checks';
import type { Missing } from '../../secret-type';
import { noParts, partFields, type Parts } from '../parts/parts';

/*
 * What Rust said about parts, as long as they are these: a form that is gone back to is not asked
 * about again, and nothing that it refuses is sent. A secret that changed since is looked at anew.
 */
const known = new WeakMap<Parts, { since: string; inspection: Inspection }>();

export function remember(parts: Parts, since: string, inspection: Inspection): void {
  // every form begins with these
  if (parts !== noParts) known.set(parts, { since, inspection });
}

/** What is known about the parts; `null`: nobody looked at them yet. */
export function inspectionOf(parts: Parts, since = ''): Inspection | null {
  const found = known.get(parts);
  return found?.since === since ? found.inspection : null;
}

/** Why Rust will not take the parts; `null`: it will, or nobody looked at them yet. */
export function refusalOf(parts: Parts, since = ''): Missing {
  const inspection = inspectionOf(parts, since);
  if (!inspection) return null;
  const [problem] = inspection.problems;
  if (problem) {
    const field = isAboutPassword(problem.code) ? 'password' : shownAt(problem.target?.name);
    return { field, message: sentence(problem) ?? problem.message };
  }
  const carried = carriedFault(parts, inspection);
  if (carried !== undefined) return { field: 'private_key', message: carried };
  const refused = inspection.findings.find(({ severity }) => severity === 'refused');
  if (!refused) return null;
  const { part, message, remedy } = refused;
  return { field: shownAt(part), message: remedy ? `${message} ${remedy}` : message };
}

/** What could not be read of a part. */
export function problemOf(inspection: Inspection | null, field: string): string | undefined {
  const problem = inspection?.problems.find(
    ({ code, target }) => !isAboutPassword(code) && shownAt(target?.name) === field,
  );
  return sentence(problem ?? null);
}

/** Why what was entered as text cannot be opened. */
export function passwordFault(inspection: Inspection | null): string | undefined {
  return sentence(inspection?.problems.find(({ code }) => isAboutPassword(code)) ?? null);
}

/** The key of the current version is not read for this, but whether it fits is known. */
export function carriedFault(parts: Parts, inspection: Inspection | null): string | undefined {
  if (parts.private_key.source !== 'current' || inspection?.comparison?.old_private_key_fits !== false) return undefined;
  return 'The private key of the current version does not belong to this certificate. Remove it, or give the right one.';
}

function shownAt(field: string | undefined): string {
  return field !== undefined && partFields.includes(field) ? field : 'certificate';
}

function isAboutPassword(code: string): boolean {
  return code === 'password_needed' || code === 'password_wrong';
}
