/** What happened in each sample call. */
import type { SampleName } from '../samples';
import * as live from './live';
import * as odd from './odd';
import * as ordinary from './ordinary';
import * as recordings from './recordings';
import type { Told } from './tell';

export type { CallResource, Moment, Sample, SampleRefusal } from './tell';

/** Each sample by its name. */
export const TOLD: Readonly<Record<SampleName, Told>> = { ...ordinary, ...live, ...recordings, ...odd };
