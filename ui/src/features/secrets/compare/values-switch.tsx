import { Button, InlineLoading } from '@carbon/react';
import { View, ViewOff } from '@carbon/icons-react';
import type { ComparisonValues } from './use-comparison';

type ValuesSwitchProps = {
  values: ComparisonValues;
  /** What counts as read when they are shown. */
  reads: string;
};

/** Shows the values of a comparison for a time, and hides them. */
export function ValuesSwitch({ values, reads }: ValuesSwitchProps) {
  const { shown, slow, toggle } = values;
  return (
    <div className="kt-compare__switch">
      <Button kind="tertiary" size="sm" renderIcon={shown ? ViewOff : View} onClick={toggle}>
        {shown ? 'Hide values' : 'Show values'}
      </Button>
      {slow && <InlineLoading description="Reading…" />}
      <ValuesNote values={values} reads={reads} />
    </div>
  );
}

/** What showing the values means, or how long they stay. */
export function ValuesNote({ values, reads }: ValuesSwitchProps) {
  return (
    <div className="kt-compare__note">
      {values.shown ? `The values are hidden again in ${values.left} s.` : `Showing the values counts as reading ${reads}.`}
    </div>
  );
}
