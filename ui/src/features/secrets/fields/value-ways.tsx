import { ContentSwitcher, Switch } from '@carbon/react';
import { useId, type ReactNode } from 'react';

type ValueWaysProps<Way extends string> = {
  title: string;
  /** What the ways are called, in their order. */
  ways: Record<Way, string>;
  way: Way;
  onChange: (way: Way) => void;
  /** The fields of the way that is chosen. */
  children: ReactNode;
};

/** A value that can be given in one of several ways. */
export function ValueWays<Way extends string>({ title, ways, way, onChange, children }: ValueWaysProps<Way>) {
  const label = useId();
  const names = Object.keys(ways) as Way[];
  return (
    <div className="kt-field" role="group" aria-labelledby={label}>
      <p id={label} className="cds--label">
        {title}
      </p>
      <ContentSwitcher
        size="md"
        aria-label="How the value is given"
        selectedIndex={names.indexOf(way)}
        onChange={({ index = 0 }) => onChange(names[index] ?? way)}
      >
        {names.map((name) => (
          <Switch key={name} name={name} text={ways[name]} />
        ))}
      </ContentSwitcher>
      {children}
    </div>
  );
}
