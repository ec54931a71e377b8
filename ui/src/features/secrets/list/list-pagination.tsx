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
              <PageInput key={currentPage} page={currentPage} onPage={onSetPage} />
            ),
          }
        : {})}
    />
  );
});

function PageInput({ page, onPage }: { page: number; onPage: (page: number) => void }) {
  const [text, setText] = useState(String(page));
  const go = () => onPage(Number(text));
  return (
    <TextInput
      id="kt-page-number"
      className="kt-list__page"
      size="md"
      labelText="Page"
      hideLabel
      inputMode="numeric"
      value={text}
      onChange={(event) => setText(event.target.value.replace(/\D/g, ''))}
      onBlur={go}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
      }}
    />
  );
}
