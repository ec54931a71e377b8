import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SidePanel } from './side-panel';

function open(onClose = vi.fn()) {
  render(
    <>
      <button>Behind</button>
      <SidePanel title="Details" subtitle="db-password" onClose={onClose} task={{ label: 'Save', run: vi.fn() }}>
        <input aria-label="Name" />
      </SidePanel>
    </>,
  );
  return onClose;
}
const name = () => document.activeElement?.textContent;

describe('SidePanel', () => {
  it('is a dialog with its title for a name, and takes the focus', () => {
    open();
    expect(document.activeElement).toBe(screen.getByRole('dialog', { name: 'Details' }));
  });

  it('keeps the focus inside in both directions', async () => {
    open();
    await userEvent.tab({ shift: true });
    expect(name()).toBe('Save');
    await userEvent.tab();
    expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
    expect(document.activeElement?.getAttribute('aria-labelledby')).toBeTruthy();
    for (let steps = 0; steps < 8; steps += 1) {
      await userEvent.tab();
      expect(name()).not.toBe('Behind');
    }
  });

  it('takes the focus back when a click on nothing took it away', async () => {
    open();
    (document.activeElement as HTMLElement).blur();
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('aria-labelledby')).toBeTruthy();
    (document.activeElement as HTMLElement).blur();
    await userEvent.tab({ shift: true });
    expect(name()).toBe('Save');
  });

  it('is not closed by a key that is still held down', () => {
    const onClose = open();
    fireEvent.keyDown(document.body, { key: 'Escape', repeat: true });
    expect(onClose).not.toHaveBeenCalled();
  });

  it('leaves the keys to a panel that it opened', async () => {
    const lower = vi.fn();
    const upper = vi.fn();
    const panels = (open: boolean) => (
      <SidePanel title="Details" onClose={lower}>
        <button>Below</button>
        {open && (
          <SidePanel title="Locks" onClose={upper}>
            <button>Above</button>
          </SidePanel>
        )}
      </SidePanel>
    );
    const { rerender } = render(panels(false));
    rerender(panels(true));
    const above = screen.getByRole('dialog', { name: 'Locks' });
    above.focus();
    for (let steps = 0; steps < 4; steps += 1) {
      await userEvent.tab();
      expect(above.contains(document.activeElement)).toBe(true);
    }
    await userEvent.keyboard('{Escape}');
    expect(upper).toHaveBeenCalledOnce();
    expect(lower).not.toHaveBeenCalled();
  });

  it('closes by Escape and by its buttons', async () => {
    const onClose = open();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalledTimes(3);
  });
});
