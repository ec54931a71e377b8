import { InlineLoading } from '@carbon/react';
import { useId } from 'react';
import { ProblemNotice } from '../../../../components/problem-notice';
import { RelativeDate } from '../../../../components/relative-date';
import { isProblem } from '../../../../ipc/problem';
import type { NewPrivateCert } from './new-private-cert';
import { refusedField } from './refused-field';
import type { useOutlook } from './use-outlook';

type OutlookProps = { draft: NewPrivateCert; found: ReturnType<typeof useOutlook> };

/** **Preview**: the certificate as it would be. A broken rule is told at its field. */
export function Outlook({ draft, found: { outlook, error, slow } }: OutlookProps) {
  const title = useId();
  const placed = isProblem(error) && refusedField(error, draft) !== undefined;
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
        {!outlook && !slow && (
          <p className="cds--form__helper-text">
            {placed
              ? 'The template does not allow it as it is; the field at fault says why.'
              : 'It is shown once a template is chosen and a name is entered.'}
          </p>
        )}
      </div>
      <ProblemNotice error={placed ? null : error} />
    </section>
  );
}
