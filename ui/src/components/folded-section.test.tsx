import { Accordion } from '@carbon/react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { FoldedSection } from './folded-section';

const section = (fault: object | null) => (
  <Accordion>
    <FoldedSection title="Metadata" fault={fault}>
      <input aria-label="Text" />
    </FoldedSection>
  </Accordion>
);
const isOpen = () => screen.getByRole('button', { name: 'Metadata' }).getAttribute('aria-expanded') === 'true';

it('opens for a fault and stays open when it is mended', () => {
  const { rerender } = render(section(null));
  expect(isOpen()).toBe(false);
  rerender(section({}));
  expect(isOpen()).toBe(true);
  rerender(section(null));
  expect(isOpen()).toBe(true);
});

it('is closed by hand, and opens for the next fault', async () => {
  const { rerender } = render(section({}));
  await userEvent.click(screen.getByRole('button', { name: 'Metadata' }));
  expect(isOpen()).toBe(false);
  rerender(section(null));
  expect(isOpen()).toBe(false);
  rerender(section({}));
  expect(isOpen()).toBe(true);
});
