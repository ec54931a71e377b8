import { Button, Table, TableBody, TableCell, TableContainer, TableHead, TableHeader, TableRow } from '@carbon/react';
import { CheckmarkFilled, WarningAltFilled } from '@carbon/icons-react';
import { RelativeDate } from '../../components/relative-date';
import type { UnlockMethodRow } from '../../ipc/bindings';
import { methodNames } from './method-names';

type MethodTableProps = {
  methods: readonly UnlockMethodRow[];
  /** The keyring did not open the vault when it was last asked. */
  keyringTrouble: boolean;
  onAddKeyring: () => void;
  onPassphrase: () => void;
  onRecoveryCode: () => void;
  onRemove: (method: UnlockMethodRow) => void;
};

export function MethodTable(props: MethodTableProps) {
  return (
    <TableContainer>
      <Table aria-label="Unlock methods" size="md">
        <TableHead>
          <TableRow>
            <TableHeader id="methods-kind">Method</TableHeader>
            <TableHeader id="methods-created">Created</TableHeader>
            <TableHeader id="methods-confirmed">Confirmed</TableHeader>
            <TableHeader id="methods-actions">
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.methods.map((method) => (
            <TableRow key={method.slot_id}>
              <TableCell>{methodNames[method.kind]}</TableCell>
              <TableCell>
                <RelativeDate value={method.created_at} />
              </TableCell>
              <TableCell>
                <Confirmed confirmed={method.confirmed} />
              </TableCell>
              <TableCell>
                <div className="kt-methods__actions">
                  <MethodActions {...props} method={method} />
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Confirmed({ confirmed }: { confirmed: boolean }) {
  return (
    <span className={confirmed ? 'kt-confirmed' : 'kt-confirmed kt-confirmed--no'}>
      {confirmed ? <CheckmarkFilled aria-hidden="true" /> : <WarningAltFilled aria-hidden="true" />}
      {confirmed ? 'Yes' : 'No'}
    </span>
  );
}

type MethodActionsProps = MethodTableProps & { method: UnlockMethodRow };

function MethodActions({ method, keyringTrouble, onAddKeyring, onPassphrase, onRecoveryCode, onRemove }: MethodActionsProps) {
  const change = {
    keyring: keyringTrouble ? { label: 'Set up again', run: onAddKeyring } : null,
    passphrase: { label: 'Change passphrase', run: onPassphrase },
    recovery_code: { label: 'New recovery code', run: onRecoveryCode },
  }[method.kind];
  return (
    <>
      {change && (
        <Button kind="ghost" size="sm" onClick={change.run}>
          {change.label}
        </Button>
      )}
      <Button
        kind="danger--ghost"
        size="sm"
        aria-label={`Remove ${methodNames[method.kind]}`}
        onClick={() => onRemove(method)}
      >
        Remove
      </Button>
    </>
  );
}
