import { Button, InlineLoading, Stack } from '@carbon/react';
import { ArrowRight, Chemistry, Connect } from '@carbon/icons-react';
import { ProblemNotice } from '../../components/problem-notice';
import { useSampleVault } from '../../components/use-sample-vault';
import icon from '../../../../icons/keyturn.svg';

type WelcomeProps = { onCreate: () => void; onConnect: () => void; onOpened: () => void };

/** The first thing there is, before any instance. */
export function Welcome({ onCreate, onConnect, onOpened }: WelcomeProps) {
  const sample = useSampleVault(onOpened);
  return (
    <div className="kt-page kt-start">
      <Stack gap={7}>
        <Stack gap={5}>
          <img className="kt-start__icon" src={icon} alt="" />
          <h1 className="kt-page__title">Welcome to Keyturn</h1>
          <p className="kt-start__lead">
            Keep secrets in an encrypted vault on this computer, rotate them from a file or a typed value, and go back to
            an earlier version when you need it. Nothing leaves this computer, unless you connect to an instance elsewhere.
          </p>
        </Stack>
        <Stack gap={4} className="kt-start__actions">
          <Button renderIcon={ArrowRight} onClick={onCreate}>
            Create a vault on this computer
          </Button>
          <Button kind="tertiary" renderIcon={Connect} onClick={onConnect}>
            Connect to an instance
          </Button>
          <Button kind="tertiary" renderIcon={Chemistry} onClick={sample.run}>
            Look around with sample data
          </Button>
          <p className="kt-start__hint">
            Sample data is a vault of its own with invented secrets, made to be thrown away.
          </p>
          {sample.slow && <InlineLoading description="Making the sample data…" />}
        </Stack>
        <ProblemNotice error={sample.error} />
      </Stack>
    </div>
  );
}
