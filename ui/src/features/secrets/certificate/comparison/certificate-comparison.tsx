import { Stack } from '@carbon/react';
import type { ComparedCertificates } from '../../../../ipc/bindings';
import { Fact } from '../../fact';
import { NameList } from '../name-list';
import { ChangeTable } from './change-table';
import { ConcernList } from './concern-list';

type CertificateComparisonProps = {
  compared: ComparedCertificates;
  /** What the two are called: "Version 2", "Version 3". */
  titles: { older: string; newer: string };
};

/** What differs between two certificates, by what they say: first what is worse, then all of it. */
export function CertificateComparison({ compared, titles }: CertificateComparisonProps) {
  const { names, usages } = compared.comparison;
  return (
    <Stack gap={5} className="kt-certificate">
      <ConcernList comparison={compared.comparison} />
      <ChangeTable compared={compared} titles={titles} />
      <dl className="kt-facts">
        <Names label="Names added" names={names.added} />
        <Names label="Names removed" names={names.removed} />
        <Fact label="Names kept">
          <NameList label="Names kept" names={names.kept} leftOut={names.left_out} />
        </Fact>
        <Names label="Usages lost" names={usages.lost} />
        <Names label="Usages gained" names={usages.gained} />
      </dl>
    </Stack>
  );
}

function Names({ label, names }: { label: string; names: readonly string[] }) {
  return (
    <Fact label={label}>
      <NameList label={label} names={names} />
    </Fact>
  );
}
