import { RelativeDate } from '../../../../components/relative-date';
import { Fact } from '../../fact';
import type { RotationProps } from '../secret-type';
import type { IamCredentialsRotation } from './rotation';

/** There is nothing to enter: what is made anew, and until when the present key works. */
export function RotateBody({ draft: { of } }: RotationProps<IamCredentialsRotation>) {
  return (
    <>
      <p>There is nothing to enter. IAM makes the new value.</p>
      {of && (
        <dl className="kt-facts" aria-label="What is regenerated">
          <Fact label="Regenerated">{of.serviceIdStays ? 'API key' : 'Service ID and API key'}</Fact>
          <Fact label="Present API key works until">
            <RelativeDate value={of.ends} none="It has ended" />
          </Fact>
        </dl>
      )}
    </>
  );
}
