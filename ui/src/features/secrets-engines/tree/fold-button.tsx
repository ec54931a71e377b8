import { ChevronDown, ChevronRight } from '@carbon/icons-react';

type FoldButtonProps = { name: string; folded: boolean; /** Nothing is below it. */ empty: boolean; onFold: () => void };

/** Shows or hides what is below a row. */
export function FoldButton({ name, folded, empty, onFold }: FoldButtonProps) {
  if (empty) return <span className="kt-engines__fold" />;
  const Icon = folded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      className="kt-engines__fold"
      aria-expanded={!folded}
      aria-label={`What is below ${name}`}
      onClick={onFold}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
