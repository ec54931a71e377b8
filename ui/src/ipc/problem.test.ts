import { describe, expect, it } from 'vitest';
import type { Problem } from './bindings';
import { fieldError, isProblem, toProblem, unplaced } from './problem';

const taken: Problem = {
  code: 'name_taken',
  message: 'A secret of this type has this name.',
  target: { type: 'field', name: 'name' },
  remedy: 'Choose another name.',
};

describe('problem', () => {
  it('tells our refusals from other errors', () => {
    expect(isProblem(taken)).toBe(true);
    for (const other of [null, undefined, 'text', 7, {}, { code: 1, message: 'x' }, new Error('x')]) {
      expect(isProblem(other)).toBe(false);
    }
  });

  it('never quotes a foreign error', () => {
    expect(JSON.stringify(toProblem(new Error('hunter2')))).not.toContain('hunter2');
    expect(toProblem(taken)).toBe(taken);
  });

  it('puts a problem beside its field, and only there', () => {
    expect(fieldError(taken, 'name')).toBe('A secret of this type has this name. Choose another name.');
    expect(fieldError(taken, 'labels')).toBeUndefined();
    expect(unplaced(taken, ['name', 'labels'])).toBeUndefined();
    expect(unplaced(taken, ['labels'])).toBe(taken);
    expect(unplaced(null, ['name'])).toBeUndefined();
  });
});
