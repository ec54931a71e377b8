type SelectBoxProps = {
  id: string;
  label: string;
  checked: boolean;
  /** Some of what it stands for is selected. */
  partly?: boolean;
  onSelect: (range: boolean) => void;
};

/** Carbon's inline checkbox of plain elements, which two hundred rows can afford. */
export function SelectBox({ id, label, checked, partly = false, onSelect }: SelectBoxProps) {
  return (
    <div className="cds--checkbox--inline">
      <input
        type="checkbox"
        className="cds--checkbox"
        id={id}
        aria-label={label}
        checked={checked}
        ref={(input) => {
          if (input) input.indeterminate = partly;
        }}
        // it is a click, also from Space, and knows whether Shift was held
        onChange={({ nativeEvent }) => onSelect('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      />
      {/* eslint-disable-next-line jsx-a11y/label-has-associated-control -- draws the box; the name is above */}
      <label htmlFor={id} className="cds--checkbox-label" />
    </div>
  );
}
