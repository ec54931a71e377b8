const onWire = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;
const momentFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** A sentence of the instance, with its moments (RFC 3339 in UTC) in the time of the person. */
export function localMoments(sentence: string): string {
  return sentence.replace(onWire, (moment) => momentFormat.format(new Date(moment)));
}
