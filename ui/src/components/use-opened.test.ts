import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useOpened } from './use-opened';

it('closes what is meant, and not what was opened since', () => {
  const { result } = renderHook(() => useOpened<{ kind: string }>());
  const [first, second] = [{ kind: 'rename' }, { kind: 'rename' }];
  act(() => result.current.open(first));
  act(() => void result.current.close(first));
  expect(result.current.opened).toBeNull();
  act(() => result.current.open(second));
  let closed = true;
  act(() => void (closed = result.current.close(first)));
  expect(closed).toBe(false);
  expect(result.current.opened).toBe(second);
});
