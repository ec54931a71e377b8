import { Tag } from '@carbon/react';
import { WarningAltFilled } from '@carbon/icons-react';
import { RelativeDate } from '../../../../../components/relative-date';
import { useTick } from '../../../../../components/use-tick';

const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

type PeriodProps = {
  /** RFC 3339. */
  from: string;
  until: string;
  /** The present; tests give their own. */
  now?: Date;
};

/** When a certificate is valid, and a word where that is over or has not begun. */
export function Period({ from, until, now = new Date() }: PeriodProps) {
  useTick();
  const word = new Date(until) < now ? 'expired' : new Date(from) > now ? 'not valid yet' : null;
  return (
    <>
      <time dateTime={from}>{dateFormat.format(new Date(from))}</time> to <RelativeDate value={until} now={now} />
      {word && (
        <>
          {' '}
          <Tag size="sm" type="red" renderIcon={WarningAltFilled}>
            {word}
          </Tag>
        </>
      )}
    </>
  );
}
