import { expect, it } from 'vitest';
import { focusBack } from './focus-back';

const frame = () => new Promise((done) => requestAnimationFrame(done));

function field(name: string): HTMLElement {
  const element = document.createElement('input');
  element.name = name;
  document.body.append(element);
  return element;
}

it('gives the focus back, but not to somebody who has it elsewhere', async () => {
  const opener = field('opener');
  focusBack(() => opener);
  await frame();
  expect(document.activeElement).toBe(opener);

  const next = field('in the next dialog');
  focusBack(() => opener);
  next.focus();
  await frame();
  expect(document.activeElement).toBe(next);
});
