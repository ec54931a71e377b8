// Answers for the page's calls in unit tests; the real window is tested in tests/desktop.

import { mockIPC } from '@tauri-apps/api/mocks';
import type { Problem } from './bindings';

export { clearMocks, mockIPC } from '@tauri-apps/api/mocks';

export type Call = { command: string; args: unknown };

/**
 * Answers each command by its function, or fails it when there is none. Events can be listened to.
 * Returns what was called, as it grows.
 */
export function answerCalls(answers: Readonly<Record<string, (args: never) => unknown>>): Call[] {
  const calls: Call[] = [];
  mockIPC(
    (command, args) => {
      calls.push({ command, args });
      const answer = answers[command];
      if (!answer) throw new Error(`nobody answers ${command}`);
      return answer(args as never);
    },
    { shouldMockEvents: true },
  );
  return calls;
}

/** Answers with a refusal, as Rust does: not an `Error`, but the problem itself. */
export function refuse(problem: Problem): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
  throw problem;
}
