/** What happened in each sample call. */
import type { Resource } from '../../call/request';
import type { SampleName } from '../samples';
import { type CallRecord, recordOf } from '../scenario';
import * as accounts from './accounts';
import * as answers from './answers';
import * as live from './live';
import * as odd from './odd';
import * as ordinary from './ordinary';
import * as recordings from './recordings';
import * as several from './several';
import type { Moment, Sample, Told } from './tell';

export type { Moment, Sample } from './tell';

const TOLD: Readonly<Record<SampleName, Told>> = { ...ordinary, ...several, ...answers, ...live, ...recordings, ...odd, ...accounts };

/** A sample call, and what a resource has of it, at a moment. */
export function lookAt(name: SampleName, moment: Moment, resource: Resource): { readonly sample: Sample; readonly record: CallRecord } {
  const sample = TOLD[name](moment);
  return { sample, record: { ...recordOf(sample.scenario, moment.now), ...sample.record, ...sample.records?.[resource] } };
}
