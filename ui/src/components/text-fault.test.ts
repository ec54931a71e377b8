import { expect, it } from 'vitest';
import { textFault } from './text-fault';

it('names the field of a text that cannot leave the page', () => {
  expect(textFault('name', 'a🙂b')).toBeNull();
  const fault = textFault('name', 'a\ud83d');
  expect(fault?.target).toEqual({ type: 'field', name: 'name' });
  expect(fault?.message).toContain('broken character');
});
