import { commands, type Inspection, type Problem } from '../../../../../ipc/bindings';
import { fieldProblem, toProblem } from '../../../../../ipc/problem';
import { sentence } from '../../../fields/checks';
import { inspectionOf, refusalOf, remember } from '../inspection/verdict';
import { partsInput, type Parts } from '../parts/parts';
import { hasUntoldLoss } from './losses';
import { broughtBy, type Rotation } from './rotation';

// parts that could not be looked at, which was told
const unchecked = new WeakMap<Parts, string>();

/** Nothing is lost unseen: parts that nobody looked at yet are looked at before they are sent. */
export async function rotationRefusal(rotation: Rotation, secretId: string): Promise<Problem | null> {
  const { parts, since } = rotation;
  let inspection: Inspection;
  try {
    inspection =
      inspectionOf(parts, since) ??
      (await commands.inspectCertificate(secretId, partsInput(parts, broughtBy(rotation))));
  } catch (failure) {
    if (unchecked.get(parts) === since) return null;
    unchecked.set(parts, since);
    return {
      code: 'bad_request',
      message: `The certificate could not be checked, so nothing was rotated: ${sentence(toProblem(failure)) ?? ''}`,
      remedy: 'If you rotate nevertheless, what the current version has and you did not give is lost.',
    };
  }
  // before it is shown: then it was not seen
  const untold = hasUntoldLoss(inspection, rotation);
  remember(parts, since, inspection);
  const lacks = refusalOf(parts, since);
  if (lacks) return fieldProblem(lacks.field, lacks.message);
  if (!untold) return null;
  return {
    code: 'bad_request',
    message: 'Nothing was rotated: the new version would lose something, which was not shown yet when you chose Rotate.',
    remedy: 'Read the warnings, then rotate once more to go on nevertheless.',
  };
}
