import { Callout, InlineLoading } from '@carbon/react';
import { useEffect, useRef } from 'react';
import type { OrderView, SecretView } from '../../../../ipc/bindings';
import { RelativeDate } from '../../../../components/relative-date';
import { isManual } from '../issuance';
import { isOver, isWorking, stageWords } from '../stage-words';
import { TimeLeft } from '../time-left';
import { failureWords, type FailureWords } from './failure-words';
import type { OrderCheck } from './use-order-check';

type OrderBannerProps = { secret: SecretView; order: OrderView; check: OrderCheck };

/** How the order stands: what it waits for, what went wrong, and how long there is. */
export function OrderBanner({ secret, order, check }: OrderBannerProps) {
  const { stage, trouble, next_try, expires } = order;
  const seen = stage === 'awaiting_records' && check.ready;
  const { title, text } = seen ? seenWords : stageWords(stage);
  const place = useStageFocus(stage);
  return (
    <div ref={place} tabIndex={-1} className="kt-challenges__banner">
      <div role="status" className="kt-challenges__news">
        <Callout
          className="kt-problem"
          kind={seen ? 'success' : (kinds[stage] ?? 'info')}
          lowContrast
          title={title}
          subtitle={text}
          statusIconDescription="State of the order"
        >
          {stage === 'failed' && <Failure {...failureWords(secret, order, isManual(secret.metadata))} />}
        </Callout>
        {trouble != null && trouble !== '' && (
          <p>
            {trouble}
            {next_try != null && (
              <>
                {' '}
                It is tried again: <RelativeDate value={next_try} />
              </>
            )}
          </p>
        )}
      </div>
      {isWorking(stage) && <InlineLoading description={progress[stage] ?? 'Working…'} />}
      {/* not among the news: it would be read out every second */}
      {expires != null && !isOver(stage) && (
        <p>
          The order expires: <RelativeDate value={expires} />. <TimeLeft until={expires} />
        </p>
      )}
    </div>
  );
}

const seenWords = {
  title: 'All records are seen.',
  text: 'All name servers see all records. You can validate now.',
};

const kinds: Partial<Record<OrderView['stage'], 'success' | 'error' | 'warning'>> = {
  awaiting_records: 'warning',
  issued: 'success',
  failed: 'error',
};

const progress: Partial<Record<OrderView['stage'], string>> = {
  placing: 'Placing the order…',
  setting_records: 'Setting the records…',
  validating: 'Validating…',
  issuing: 'Issuing…',
};

/** Each on a line of its own: who said what, and what follows. */
function Failure({ reason, said, kept, then }: FailureWords) {
  return (
    <div className="kt-challenges__failure">
      <p>{reason}</p>
      {said !== null && <p>The authority said: {said}</p>}
      <p>{kept}</p>
      <p>{then}</p>
    </div>
  );
}

/** When a stage takes the button away that had the focus, the news get it. */
function useStageFocus(stage: string) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === stage) return undefined;
    before.current = stage;
    const frame = requestAnimationFrame(() => {
      const lost = document.activeElement === document.body || document.activeElement?.matches(':disabled');
      if (lost) place.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [stage]);
  return place;
}
