/** Calls of very different lengths and shapes, for the drawing of the timeline: each length with each shape. */
import type { Call, Leg, Side } from '../../src/call/call';
import { ANSWERED_AT, storedCall } from './panelState';

/** A leg by when it begins and ends, as parts of the call: 0 its start, 1 its end. */
interface LegOutline {
  readonly side: Side;
  readonly name: string;
  /** Absent: not attempted. */
  readonly status?: string;
  readonly from?: number;
  readonly to?: number;
}

interface Shape {
  /** The part of the call that was conversation. */
  readonly talk: number;
  readonly status: string;
  readonly legs?: readonly LegOutline[];
}

const AGENT: LegOutline = { side: 'agent', name: 'Asha K', status: 'completed', from: 0, to: 1 };
const CUSTOMER: LegOutline = { side: 'customer', name: '+915555010045', status: 'completed', from: 0.05, to: 1 };

const LONG_NAMES = ['Supervisor on duty, second floor, night shift', 'sip:meera.kulkarni.sales.bengaluru@voice.acme.example', 'محمد عبد الله أحمد', 'x'.repeat(60), 'W'.repeat(30)];

const SHAPES: Readonly<Record<string, Shape>> = {
  'without legs': { talk: 0.8, status: 'completed' },
  'with two legs': { talk: 0.8, status: 'completed', legs: [AGENT, CUSTOMER] },
  'that the customer did not answer': { talk: 0, status: 'customer_unanswered', legs: [AGENT, { ...CUSTOMER, status: 'no-answer', from: 0.2 }] },
  'whose customer was never dialled': { talk: 0, status: 'agent_unanswered', legs: [{ ...AGENT, status: 'no-answer' }, { side: 'customer', name: '+915555010045' }] },
  'that was transferred': {
    talk: 0.9,
    status: 'completed',
    legs: [{ ...AGENT, to: 0.4 }, CUSTOMER, { ...AGENT, name: 'Meera S', status: 'busy', from: 0.4, to: 0.41 }, { ...AGENT, name: 'Vikram R', from: 0.42 }],
  },
  'that rang five agents at once': {
    talk: 0.6,
    status: 'completed',
    legs: [CUSTOMER, ...[0, 1, 2, 3, 4].map((index) => ({ ...AGENT, name: `Agent ${index}`, from: 0.02, to: index === 3 ? 1 : 0.3, status: index === 3 ? 'completed' : 'canceled' }))],
  },
  'that was tried four times within its first hundredth': {
    talk: 0.97,
    status: 'completed',
    legs: [AGENT, ...[0, 1, 2, 3].map((index) => ({ ...CUSTOMER, from: 0.002 * index, to: index === 3 ? 1 : 0.002 * (index + 1), status: index === 3 ? 'completed' : 'failed' }))],
  },
  'of forty legs with long names': {
    talk: 0.1,
    status: 'completed',
    legs: Array.from({ length: 40 }, (_, index) => ({ side: index % 2 === 0 ? 'agent' : 'customer', name: LONG_NAMES[index % LONG_NAMES.length] ?? '', status: index % 3 === 0 ? 'voicemail_left_by_the_automatic_machine' : 'no-answer', from: index / 41, to: (index + 1.5) / 42 })),
  },
};

const LENGTHS_MS = { '2 s': 2000, '17 s': 17_000, '3 min 20 s': 200_000, '41 min': 2_460_000, '3 h 04 min': 11_040_000 };

/** By a name that says what they are: `17 s, with two legs`. */
export const TIMELINE_CALLS: ReadonlyMap<string, Call> = new Map(
  Object.entries(LENGTHS_MS).flatMap(([length, milliseconds]) => Object.entries(SHAPES).map(([name, shape]): [string, Call] => [`${length}, ${name}`, callOf(shape, milliseconds)])),
);

function callOf({ talk, status, legs }: Shape, length: number): Call {
  const begin = ANSWERED_AT - length - 60_000;
  const { legs: _legs, ...call } = storedCall({
    status,
    createdTime: begin,
    startTime: begin + Math.min(1000, length / 10),
    endTime: begin + length,
    updatedTime: begin + length + 4000,
    totalDuration: length / 1000,
    totalTalkTime: Math.floor((talk * length) / 1000),
  });
  return legs === undefined ? call : { ...call, legs: legs.map((leg, index) => legOf(leg, index, begin, length)) };
}

function legOf({ side, name, status, from, to }: LegOutline, index: number, begin: number, length: number): Leg {
  const end = side === 'agent' ? 'from' : 'to';
  const source = (field: string): string => `legs:${end}.${index}.${field}`;
  return {
    end,
    side,
    party: { name },
    ...(status === undefined ? {} : { status }),
    ...(from === undefined ? {} : { createdTime: Math.round(begin + from * length) }),
    ...(to === undefined ? {} : { updatedTime: Math.round(begin + to * length) }),
    sources: { name: source('name'), status: source('status'), createdTime: source('date_created'), updatedTime: source('date_updated') },
  };
}
