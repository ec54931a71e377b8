import {
  Button,
  preview__IconIndicator as IconIndicator,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableHeader,
  TableRow,
} from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { RelativeDate } from '../../../components/relative-date';
import type { ApiKey } from '../../../ipc/bindings';
import { groupNamesQuery } from '../../../ipc/groups';
import { whereWords } from './role-words';

type ApiKeyTableProps = { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void };

export const columns = ['Name', 'Role', 'Where', 'Created', 'Expires', 'Last used', 'State'];

export function ApiKeyTable({ keys, onRevoke }: ApiKeyTableProps) {
  const { data: names } = useQuery(groupNamesQuery);
  return (
    <TableContainer className="kt-api__keys">
      <Table aria-label="API keys" size="md">
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`api-keys-${column}`}>
                {column}
              </TableHeader>
            ))}
            <TableHeader id="api-keys-actions">
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id}>
              <TableCell className="kt-api__name">{key.name}</TableCell>
              <TableCell>{key.role}</TableCell>
              <TableCell className="kt-api__where">{whereWords(key, names)}</TableCell>
              <TableCell>
                <RelativeDate value={key.created_at} />
              </TableCell>
              <TableCell>
                <RelativeDate value={key.expires_at} none="Never" />
              </TableCell>
              <TableCell>
                <RelativeDate value={key.last_used_at} none="Never" />
              </TableCell>
              <TableCell>
                <KeyState expired={isExpired(key)} />
              </TableCell>
              <TableCell>
                <div className="kt-methods__actions">
                  <Button
                    kind="danger--ghost"
                    size="sm"
                    aria-label={`Revoke ${key.name}`}
                    data-revoke={key.id}
                    onClick={() => onRevoke(key)}
                  >
                    Revoke
                  </Button>
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function KeyState({ expired }: { expired: boolean }) {
  return expired ? <IconIndicator kind="caution-major" label="Expired" /> : <IconIndicator kind="succeeded" label="Active" />;
}

/** Also when its end has come since it was read: the dates beside it are drawn anew each minute. */
function isExpired({ expired, expires_at: end }: ApiKey): boolean {
  return expired || (end != null && new Date(end) <= new Date());
}
