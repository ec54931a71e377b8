type ComparedValueProps = {
  /** Whether there is a value on this side at all. */
  exists: boolean;
  /** The value in the clear; `null` while it is hidden. */
  text: string | null;
};

/** A value on one side of a comparison: dots, until it is shown. */
export function ComparedValue({ exists, text }: ComparedValueProps) {
  if (exists && text !== null) return <code className="kt-compare__value">{text}</code>;
  return (
    <>
      <span aria-hidden="true">{exists ? '••••••••' : '–'}</span>
      <span className="cds--visually-hidden">{exists ? 'Hidden' : 'None'}</span>
    </>
  );
}
