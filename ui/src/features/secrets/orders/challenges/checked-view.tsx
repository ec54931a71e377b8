import {
  preview__IconIndicator as IconIndicator,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@carbon/react';
import type { Checked } from '../../../../ipc/bindings';
import { answerWords, lookLabel, ttlWords } from './checked-words';

/** What each server said about one record. Strangers wrote the values, so they are text and nothing else. */
export function CheckedView({ domain, checked }: { domain: string; checked: Checked | undefined }) {
  if (!checked) return <p>Nothing was looked up yet. Choose {lookLabel}.</p>;
  const { followed, servers, trouble, zone } = checked;
  return (
    <div className="kt-challenges__servers">
      {zone !== null && <p>Zone: {zone}</p>}
      {followed !== null && <p>CNAME records lead to {followed}, where the record is looked for.</p>}
      {trouble !== null && <p>{trouble}</p>}
      {servers.length > 0 && (
        <Table size="sm" aria-label={`Servers for ${domain}`}>
          <TableHead>
            <TableRow>
              <TableHeader>Server</TableHeader>
              <TableHeader>Kind</TableHeader>
              <TableHeader>Answer</TableHeader>
              <TableHeader>TTL</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody aria-live="off">
            {servers.map(({ name, address, authoritative, answer }) => {
              const { word, kind, detail } = answerWords(answer);
              return (
                <TableRow key={`${name} ${address}`}>
                  <TableCell>{name === address ? name : `${name} (${address})`}</TableCell>
                  <TableCell>{authoritative ? 'Authoritative' : 'Resolver'}</TableCell>
                  <TableCell>
                    <IconIndicator kind={kind} label={word} />
                    {detail !== '' && <span className="kt-challenges__detail">{detail}</span>}
                  </TableCell>
                  <TableCell>{ttlWords(answer)}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
    </div>
  );
}
