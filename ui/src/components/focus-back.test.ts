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

it('waits for a dialog that leaves later than the next frame', async () => {
  const opener = field('opener');
  const inDialog = field('in the dialog');
  inDialog.focus();
  focusBack(() => opener);
  for (let frames = 0; frames < 5; frames++) await frame();
  expect(document.activeElement).toBe(inDialog);
  inDialog.remove();
  await frame();
  await frame();
  expect(document.activeElement).toBe(opener);
});

it('does not wait for ever', async () => {
  const opener = field('opener');
  const inDialog = field('in the dialog');
  inDialog.focus();
  focusBack(() => opener);
  for (let frames = 0; frames < 70; frames++) await frame();
  inDialog.remove();
  await frame();
  await frame();
  expect(document.activeElement).toBe(document.body);
});
