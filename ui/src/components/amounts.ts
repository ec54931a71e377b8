const whole = new Intl.NumberFormat('en');
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number with its thousands: 1,000,000. */
export function count(number: number): string {
  return whole.format(number);
}

/** A size to read: exact while it is small, then in units of 1,000. */
export function byteSize(bytes: number): string {
  if (bytes === 1) return '1 byte';
  if (bytes < 10_000) return `${whole.format(bytes)} bytes`;
  if (bytes < 1_000_000) return `${tenths.format(bytes / 1_000)} KB`;
  return `${tenths.format(bytes / 1_000_000)} MB`;
}

/** Characters as Rust counts them: a pair of UTF-16 is one. */
export function characterCount(text: string): number {
  let characters = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isSecondOfPair = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (!isSecondOfPair) characters += 1;
  }
  return characters;
}
