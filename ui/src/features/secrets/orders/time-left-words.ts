const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time by its two largest units: "6 days 23 hours left". */
export function timeLeft(millis: number): string {
  if (millis <= 0) return 'No time left';
  const parts = (large: number, largeUnit: string, small: number, smallUnit: string) => {
    const whole = Math.floor(millis / large);
    const rest = Math.floor((millis % large) / small);
    return `${amount(whole, largeUnit)} ${amount(rest, smallUnit)} left`;
  };
  if (millis >= day) return parts(day, 'day', hour, 'hour');
  if (millis >= hour) return parts(hour, 'hour', minute, 'minute');
  return parts(minute, 'minute', second, 'second');
}

function amount(number: number, unit: string): string {
  return number === 1 ? `1 ${unit}` : `${number} ${unit}s`;
}
