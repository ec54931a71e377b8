import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Comparison, ShownComparison, ShownLine } from '../../../ipc/bindings';
import { renderScreen } from '../../../components/render-screen';
import { ComparisonView } from './comparison-view';

const counts = { added: 1, removed: 1, changed: 1, unchanged: 2 };
const masked: Comparison = {
  kind: 'keys',
  ...counts,
  entries: [
    { path: 'db.host', change: 'changed' },
    { path: 'db.port', change: 'added' },
    { path: 'user', change: 'removed' },
  ],
  unlisted: 7,
};
const shownKeys: ShownComparison = {
  kind: 'keys',
  ...counts,
  entries: [
    { path: 'db.host', change: 'changed', old: '"one"', new: '"two"', cut: true },
    { path: 'db.port', change: 'added', new: '5432', cut: false },
    { path: 'user', change: 'removed', old: '"app"', cut: false },
  ],
  unlisted: 7,
};
const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell').map(({ textContent }) => textContent.trim()));

function lineComparison(lines: ShownLine[], unlisted = 0): ShownComparison {
  return { kind: 'lines', same: false, added: 1, removed: 1, unchanged: 14, old_size: 120, new_size: 140, lines, unlisted };
}

describe('ComparisonView', () => {
  it('tells of objects which keys differ and how, and of values only that they are there', () => {
    renderScreen(<ComparisonView comparison={masked} shown={null} />);
    expect(screen.getByRole('status').textContent).toBe('1 added, 1 removed, 1 changed, 2 unchanged');
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Key',
      'Change',
      'Before',
      'After',
    ]);
    expect(rows()).toEqual([
      ['db.host', 'Changed', '••••••••Hidden', '••••••••Hidden'],
      ['db.port', 'Added', '–None', '••••••••Hidden'],
      ['user', 'Removed', '••••••••Hidden', '–None'],
    ]);
    expect(screen.getByText('7 more differences are not listed.')).toBeTruthy();
  });

  it('shows the values beside their keys', () => {
    renderScreen(<ComparisonView comparison={masked} shown={shownKeys} />);
    expect(rows()).toEqual([
      ['db.hostLonger than what is shown', 'Changed', '"one"', '"two"'],
      ['db.port', 'Added', '–None', '5432'],
      ['user', 'Removed', '"app"', '–None'],
    ]);
  });

  it('tells of texts how many lines differ, and shows them with a word for each sign', () => {
    const text = (kind: 'added' | 'removed' | 'same', line: string): ShownLine => ({
      kind,
      text: line,
      end: 'lf',
      cut: false,
    });
    const comparison = lineComparison(
      [text('same', 'host = a'), text('removed', 'port = 1'), text('added', 'port = 2'), { kind: 'gap', lines: 12 }],
      1,
    );
    const { unmount } = renderScreen(<ComparisonView comparison={comparison} shown={null} />);
    expect(screen.getByRole('status').textContent).toBe('1 line added, 1 removed; 120 bytes → 140 bytes');
    expect(document.body.textContent).not.toContain('port');
    unmount();

    renderScreen(<ComparisonView comparison={comparison} shown={comparison} />);
    const region = screen.getByRole('region', { name: 'Differences' });
    expect(region.tabIndex).toBe(0);
    expect(within(region).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      ' host = a',
      '−Removed: port = 1',
      '+Added: port = 2',
      '12 equal lines',
    ]);
    expect(screen.getByText('1 more line is not listed.')).toBeTruthy();
  });

  it('says of lines that differ in their ends alone how they end', () => {
    const comparison = lineComparison([
      { kind: 'removed', text: 'a', end: 'lf', cut: false },
      { kind: 'added', text: 'a', end: 'crlf', cut: true },
    ]);
    renderScreen(<ComparisonView comparison={comparison} shown={comparison} />);
    expect(screen.getByText('ends with LF')).toBeTruthy();
    expect(screen.getByText('longer than what is shown; ends with CRLF')).toBeTruthy();
  });

  it('has nothing to show of binary values', () => {
    renderScreen(
      <ComparisonView comparison={{ kind: 'bytes', same: false, old_size: 1, new_size: 2 }} shown={null} />,
    );
    expect(screen.getByRole('status').textContent).toBe('The values are not the same; 1 byte → 2 bytes');
    expect(screen.getByText(/nothing to show/)).toBeTruthy();
  });

  it('shows both passwords', () => {
    const comparison: Comparison = { kind: 'password', same: false };
    const { unmount } = renderScreen(<ComparisonView comparison={comparison} shown={null} />);
    expect(screen.getByText('Before').nextElementSibling?.textContent).toBe('••••••••Hidden');
    unmount();
    renderScreen(<ComparisonView comparison={comparison} shown={{ ...comparison, old: 'first', new: 'second' }} />);
    expect(screen.getByText('Before').nextElementSibling?.textContent).toBe('first');
    expect(screen.getByText('After').nextElementSibling?.textContent).toBe('second');
  });

  it('says that nothing differs', () => {
    renderScreen(<ComparisonView comparison={{ kind: 'password', same: true }} shown={null} />);
    expect(screen.getByRole('status').textContent).toContain('The password is the same.');
    expect(screen.queryByText('Before')).toBeNull();
  });

  it('leaves the clipboard to Rust', () => {
    renderScreen(<ComparisonView comparison={masked} shown={shownKeys} />);
    expect(fireEvent.copy(screen.getByText('"two"'))).toBe(false);
  });
});
