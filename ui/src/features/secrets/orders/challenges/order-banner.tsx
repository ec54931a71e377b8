import { Callout, InlineLoading } from '@carbon/react';
import { useEffect, useRef } from 'react';
import type { OrderView, SecretView } from '../../../../ipc/bindings';
import { RelativeDate } from '../../../../components/relative-date';
import { issuanceOf } from '../issuance';
import { isOver, isWorking, stageWords } from '../stage-words';
import { TimeLeft } from '../time-left';

type OrderBannerProps = { secret: SecretView; order: OrderView };

/** How the order stands: what it waits for, what went wrong, and how long there is. */
export function OrderBanner({ secret, order }: OrderBannerProps) {
  const { stage, trouble, next_try, expires } = order;
  const { title, text } = stageWords(stage);
  const place = useStageFocus(stage);
  return (
    <div ref={place} tabIndex={-1} className="kt-challenges__banner">
      <div role="status" className="kt-challenges__news">
        <Callout
          className="kt-problem"
          kind={kinds[stage] ?? 'info'}
          lowContrast
          title={title}
          subtitle={stage === 'failed' ? failureWords(secret) : text}
          statusIconDescription="State of the order"
        />
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

/** Why there is no certificate, and what is in force. */
function failureWords({ metadata }: SecretView): string {
  const reason = issuanceOf(metadata)?.error_message ?? 'The certificate authority gave no reason.';
  const then =
    metadata.state === 3
      ? 'It was the first order of this secret: delete the secret and create it again to order once more.'
      : 'The current certificate stays in force. Start a new order to go on.';
  return `${reason} ${then}`;
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
