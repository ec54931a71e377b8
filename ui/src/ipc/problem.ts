import type { Problem } from './bindings';

/** Whether a rejected call brought one of our own refusals. */
export function isProblem(error: unknown): error is Problem {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

/**
 * Any rejection as a problem that can be shown. What is not ours (the bridge refused the call, a
 * bug in the page) is not quoted: nobody vouches for what such a text holds.
 */
export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  return {
    code: 'io',
    message: 'Keyturn could not complete this.',
    remedy: 'Try again. If it keeps failing, close and reopen Keyturn.',
  };
}

/** Somebody changed what this was about since it was read. */
export function isConflict(error: unknown): boolean {
  return isProblem(error) && error.code === 'conflict';
}

/** What a form says by itself about one of its fields, as Rust would. */
export function fieldProblem(name: string, message: string): Problem {
  return { code: 'bad_request', message, target: { type: 'field', name } };
}

/** The sentence for a form's field, when the problem is about that field. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!isProblem(error) || error.target?.name !== field) return undefined;
  return error.remedy ? `${error.message} ${error.remedy}` : error.message;
}

/** The problem, unless one of the form's own fields already shows it. */
export function unplaced(error: unknown, fields: readonly string[]): Problem | undefined {
  if (error === null || error === undefined) return undefined;
  const problem = toProblem(error);
  return problem.target && fields.includes(problem.target.name) ? undefined : problem;
}
