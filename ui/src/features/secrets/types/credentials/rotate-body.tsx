/** There is nothing to enter: the instance has the next credentials made. */
export function RotateBody() {
  return <p>There is nothing to enter. The instance has new credentials made.</p>;
}
