import { Tag } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { count } from '../../components/amounts';
import { useIpcEvent } from '../../components/use-ipc-event';
import { events } from '../../ipc/bindings';
import { overdueTotalQuery } from '../../ipc/overdue';

/** How many secrets are overdue, beside the entry of their page; nothing when none is, or nobody knows. */
export function OverdueBadge() {
  const client = useQueryClient();
  const { data: total = 0, isError } = useQuery(overdueTotalQuery);
  // the page that refreshes the rest may not be the one that is shown
  useIpcEvent(events.instanceChanged, () => {
    void client.invalidateQueries({ queryKey: overdueTotalQuery.queryKey });
  });
  if (total === 0 || isError) return null;
  return (
    <>
      {' '}
      <Tag as="span" className="kt-nav-badge" type="red" size="sm">
        {count(total)} <span className="cds--visually-hidden">overdue</span>
      </Tag>
    </>
  );
}
