import { InlineLoading } from '@carbon/react';
import { useId } from 'react';
import { ProblemNotice } from '../../../../components/problem-notice';
import { RelativeDate } from '../../../../components/relative-date';
import type { FoundOutlook } from './use-outlook';

type OutlookProps = {
  found: FoundOutlook;
  /** Whether a field shows why it is refused. */
  placed: boolean;
  /** What it waits for. */
  waits: string;
};

/** **Preview**: the certificate as it would be. A broken rule is told at its field. */
export function Outlook({ found: { outlook, error, slow }, placed, waits }: OutlookProps) {
  const title = useId();
  return (
    <section className="kt-field" aria-labelledby={title}>
      <p id={title} className="cds--label">
        Preview
      </p>
      <div role="status">
        {slow && <InlineLoading description="Asking the authority" />}
        {outlook && (
          <dl className="kt-facts">
            <div>
              <dt>Signed by</dt>
              <dd>{outlook.certificate_authority}</dd>
            </div>
            <div>
              <dt>Common name</dt>
              <dd>{outlook.common_name ?? '—'}</dd>
            </div>
            <div>
              <dt>Alternative names</dt>
              <dd>{outlook.alt_names.join(', ') || '—'}</dd>
            </div>
            <div>
              <dt>Expires</dt>
              <dd>
                <RelativeDate value={outlook.not_after} />
              </dd>
            </div>
            <div>
              <dt>Key</dt>
              <dd>{outlook.key_algorithm}</dd>
            </div>
          </dl>
        )}
        {!outlook && !slow && (placed || error === null) && (
          <p className="cds--form__helper-text">
            {placed ? 'The template does not allow it as it is; the field at fault says why.' : waits}
          </p>
        )}
      </div>
      <ProblemNotice error={placed ? null : error} />
    </section>
  );
}
