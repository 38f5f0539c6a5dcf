/** Words to tell scenarios with, so that each reads as what happened. */
import type { Instant, Seconds } from '../../call/call';
import type { Resource } from '../../call/request';
import type { VoiceLogStatus } from '../../exotel/wireVoiceLog';
import { type Held, heldOf } from '../held';
import { type Json, type Shape, utc } from '../renderings';
import { SAMPLE_NAMES, type SampleName, SAMPLES } from '../samples';
import type { CallRecord, Person, Scenario, ScenarioRecording } from '../scenario';
import { ASHA, customer, DESK, EXO_PHONE, VIKRAM } from './people';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When and where a sample call is asked for. */
export interface Moment {
  /** When the sandbox started: most times are relative to it, so that the calls look recent. */
  readonly startedAt: Instant;
  readonly now: Instant;
  /** When this call was first asked for. */
  readonly firstAskedAt: Instant;
  /** How long the active call goes on from then, in milliseconds. */
  readonly activeForMs: number;
  /** How long after that moment the values that come late are there, in milliseconds. */
  readonly settlesAfterMs: number;
  readonly origin: string;
  /** Where recordings are that signed links alone open: another origin. */
  readonly bucket: string;
  readonly accountSid: string;
  /** The signature of signed links. */
  readonly signature: string;
}

/** What a resource says in place of what it knows. */
export interface SampleRefusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

export const CALL_NOT_FOUND: SampleRefusal = { status: 404, code: 10744, message: 'Call not found' };
export const LEGS_NOT_FOUND: SampleRefusal = { status: 500, code: 10743, message: 'Legs not found' };

/** A sample call: what happened, and how the answers about it differ from the ordinary. */
export interface Sample {
  readonly scenario: Scenario;
  /** The way in which v2 answers. */
  readonly shape?: Shape;
  /** What the record says otherwise than it happened, in every resource. */
  readonly record?: Partial<CallRecord>;
  /** What the record of one resource says otherwise than the others. */
  readonly records?: Readonly<Partial<Record<Resource, Partial<CallRecord>>>>;
  /** Fields of one resource's call that are as given here. */
  readonly fields?: Readonly<Partial<Record<Resource, Json>>>;
  readonly refusals?: Readonly<Partial<Record<Resource, SampleRefusal>>>;
  /** Where no fresh link is to be had: what voice-logs says then, and whether v1 signs one. */
  readonly renewal?: { readonly voiceLog?: VoiceLogStatus; readonly signing?: boolean };
}

export type Told = (moment: Moment) => Sample;

/** The agent and the customer of a sample that is about nobody in particular. */
export function partiesOf(name: SampleName): { readonly agent: Person; readonly customer: Person } {
  const index = SAMPLE_NAMES.indexOf(name);
  return { agent: AGENTS[index % AGENTS.length] ?? ASHA, customer: customer(20 + index) };
}

const AGENTS: readonly Person[] = [ASHA, VIKRAM, DESK];

/** What of a call has to be told; the rest is as usual. */
export type Tale = Pick<Scenario, 'ending' | 'attempts'> &
  Partial<Omit<Scenario, 'createdAt' | 'ended'>> & {
    /** From the call's end to the start of the sandbox, in milliseconds. */
    readonly ago: number;
    /** Seconds from the call's creation. */
    readonly ended: Seconds;
  };

/** A call that is over. */
export function call({ startedAt }: Moment, { ago, ...tale }: Tale): Scenario {
  return { createdAt: startedAt - ago - tale.ended * SECOND, direction: 'outbound-api', exoPhone: EXO_PHONE, started: 1, recording: { available: false }, ...tale };
}

interface Talk {
  /** From the call's end to the start of the sandbox, in milliseconds. */
  readonly ago: number;
  /** From the start until the two were talking. */
  readonly ring: Seconds;
  readonly talk: Seconds;
}

/** An ordinary call: the agent is rung, then the customer, and they talk; recorded. */
export function talked(name: SampleName, moment: Moment, { ago, ring, talk }: Talk): Scenario {
  const { agent, customer } = partiesOf(name);
  const picksUp = 1 + Math.ceil(ring / 2);
  const ended = 1 + ring + talk;
  return call(moment, {
    ago,
    ended,
    ending: 'completed',
    attempts: [
      { side: 'agent', person: agent, rung: 1, answered: picksUp, ended },
      { side: 'customer', person: customer, rung: picksUp, answered: 1 + ring, ended },
    ],
    recording: recorded(name, moment),
  });
}

/** An ordinary inbound call: the customer is in the flow until an agent answers, and they talk; recorded. */
export function talkedInbound(name: SampleName, moment: Moment, { ago, ring, talk }: Talk): Scenario {
  const { agent, customer } = partiesOf(name);
  const ended = 1 + ring + talk;
  return call(moment, {
    ago,
    direction: 'inbound',
    ended,
    ending: 'completed',
    attempts: [
      { side: 'customer', person: customer, rung: 0, answered: 1, ended },
      { side: 'agent', person: agent, rung: 2, answered: 1 + ring, ended },
    ],
    recording: recorded(name, moment),
  });
}

/** A recording that the account's keys open; one in the bucket they do not. */
export function recorded(name: SampleName, moment: Moment): ScenarioRecording {
  return { available: true, url: addressOf(name, moment, heldOf(name).place) };
}

function addressOf(name: SampleName, { origin, bucket, accountSid }: Moment, place: Held['place']): string {
  const folder = place === 'own' ? `${origin}/recordings` : `${bucket}/exotelrecordings`;
  return `${folder}/${accountSid}/${SAMPLES[name].sid}.${heldOf(name).extension}`;
}

interface Signing {
  readonly signedAt: Instant;
  /** How long the link is good. */
  readonly seconds: Seconds;
  /** Where the recording itself is, unless given. */
  readonly place?: Held['place'];
}

/** A recording behind a link in the manner of S3's pre-signed ones. */
export function signed(name: SampleName, moment: Moment, { signedAt, seconds, place = heldOf(name).place }: Signing): { readonly available: true; readonly url: string } {
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': utc(signedAt).replaceAll(/[-:]|\.\d{3}/g, ''),
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': moment.signature,
  });
  return { available: true, url: `${addressOf(name, moment, place)}?${query.toString()}` };
}
