import { RadioButton, RadioButtonGroup } from '@carbon/react';
import { useId } from 'react';
import type { IntervalUnit } from '../../../ipc/bindings';
import { localMoments } from '../../../components/local-moments';
import { firstInterval, intervalDraft, intervalWords, offeredDays, type IntervalDraft } from './interval';
import { OwnInterval } from './own-interval';

type IntervalFieldProps = {
  legend: string;
  /** Stands before the offered intervals, such as `Every`. */
  prefix?: string;
  /** `null`: off, where that is one of the choices. */
  interval: IntervalDraft | null;
  units: readonly IntervalUnit[];
  onChange: (interval: IntervalDraft) => void;
  /** Makes **Off** the first choice. */
  onOff?: () => void;
  error?: string | undefined;
  helperText: string;
};

/** How often: one of the usual intervals, or **Other…** with a number of one's own. */
export function IntervalField(props: IntervalFieldProps) {
  const { legend, prefix = '', interval, units, onChange, onOff, helperText } = props;
  const error = props.error && localMoments(props.error);
  const id = useId();
  const fault = useId();
  const own = interval?.own === true;
  const chosen = own ? 'own' : String(interval?.count ?? 'off');
  const choices = [
    ...(onOff ? [{ value: 'off', label: 'Off' }] : []),
    ...offeredDays.map((days) => {
      const words = intervalWords({ count: days, unit: 'day' });
      return { value: String(days), label: prefix ? `${prefix} ${words}` : words };
    }),
    { value: 'own', label: 'Other…' },
  ];
  // the number has a place of its own for what is wrong with it
  const refused = error !== undefined && !own;

  function choose(value: string): void {
    if (value === 'off') onOff?.();
    else if (value === 'own') onChange({ ...(interval ?? firstInterval), own: true });
    else onChange(intervalDraft(Number(value), 'day'));
  }

  return (
    <div className="kt-field kt-interval">
      <RadioButtonGroup
        legendText={legend}
        name={id}
        valueSelected={chosen}
        onChange={(value) => choose(String(value))}
        helperText={helperText}
        invalid={refused}
        invalidText={<span id={fault}>{error}</span>}
        {...(refused ? { 'aria-describedby': fault } : {})}
      >
        {choices.map(({ value, label }) => (
          <RadioButton
            key={value}
            id={`${id}-${value}`}
            value={value}
            labelText={label}
            // where the form looks for what is at fault
            {...(refused && value === chosen ? { 'data-invalid': '' } : {})}
          />
        ))}
      </RadioButtonGroup>
      {own && <OwnInterval interval={interval} units={units} onChange={onChange} error={error} />}
    </div>
  );
}
