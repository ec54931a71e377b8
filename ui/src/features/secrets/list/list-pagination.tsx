import { Pagination, TextInput } from '@carbon/react';
import { memo, useState } from 'react';
import { pageSizes } from './list-state';

type ListPaginationProps = {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number, pageSize: number) => void;
};

// above this, a select with one entry per page would cost more than the rows
const mostInSelect = 100;

/** Carbon's pagination; with very many pages the page is typed instead of chosen. */
export const ListPagination = memo(function ListPagination({ page, pageSize, total, onPage }: ListPaginationProps) {
  const many = total / pageSize > mostInSelect;
  return (
    <Pagination
      page={page}
      pageSize={pageSize}
      pageSizes={pageSizes}
      totalItems={total}
      itemRangeText={(min, max, items) =>
        `${min.toLocaleString('en')}–${max.toLocaleString('en')} of ${items.toLocaleString('en')} ${items === 1 ? 'item' : 'items'}`
      }
      onChange={(change) => onPage(change.page, change.pageSize)}
      {...(many
        ? {
            renderPageSelect: ({ currentPage, onSetPage }) => (
              <PageInput page={currentPage} onPage={onSetPage} />
            ),
          }
        : {})}
    />
  );
});

function PageInput({ page, onPage }: { page: number; onPage: (page: number) => void }) {
  // what was typed and not yet asked for; otherwise the field shows where one is
  const [typed, setTyped] = useState<string | null>(null);

  function go(): void {
    if (typed) onPage(Number(typed));
    setTyped(null);
  }

  return (
    <TextInput
      id="kt-page-number"
      className="kt-list__page"
      size="md"
      labelText="Page"
      hideLabel
      inputMode="numeric"
      value={typed ?? String(page)}
      onChange={(event) => setTyped(event.target.value.replace(/\D/g, ''))}
      onBlur={go}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
      }}
    />
  );
}
