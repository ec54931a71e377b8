import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { clearMocks } from '../ipc/testing';

// a page that is loaded when it is asked for takes seconds on a busy machine
configure({ asyncUtilTimeout: 20_000 });

// jsdom has no layout; Carbon's overflow and floating parts ask for these
class NoLayout {
  observe(): void {
    /* nothing ever resizes */
  }
  unobserve(): void {
    /* nothing ever resizes */
  }
  disconnect(): void {
    /* nothing ever resizes */
  }
}
vi.stubGlobal('ResizeObserver', NoLayout);
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
Element.prototype.scrollIntoView = () => undefined;

// files share a page
afterEach(() => {
  cleanup();
  clearMocks();
  vi.useRealTimers();
  document.body.replaceChildren();
  document.body.removeAttribute('class');
  window.history.replaceState(null, '', window.location.pathname);
});
