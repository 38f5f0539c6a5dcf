/** The settings, typed. Defaults stand in package.json and nowhere else. */
import * as v from 'valibot';
import * as vscode from 'vscode';
import { plainText } from '../call/text';
import { isTimeZone, type TimeFormat } from '../call/time';

export const SECTION = 'exotel';
/** The setting that shows the sample accounts: a change of it is a change of the accounts. */
export const SAMPLE_ACCOUNT = `${SECTION}.sampleAccount`;

export interface Settings {
  /** How many recent calls are kept for each account, pinned ones aside. */
  readonly historyLimit: number;
  readonly loadsRecordings: boolean;
  /** How much all recordings of all windows may take on this machine. */
  readonly recordingLimitBytes: number;
  /** Calls that go on are asked for by themselves. */
  readonly watchesCalls: boolean;
  readonly requestTimeoutMs: number;
  readonly hasSampleAccount: boolean;
  /** Phone numbers and names are masked wherever they show. */
  readonly masksNumbers: boolean;
}

const MAX_HISTORY = 1000;

const MASK = 'privacy.maskNumbers';

const SCHEMAS = {
  'history.limit': v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_HISTORY)),
  timeZone: v.pipe(
    v.string(),
    v.check((name) => name === LOCAL || isTimeZone(name)),
  ),
  'recording.loadAutomatically': v.boolean(),
  'recording.limitMegabytes': v.pipe(v.number(), v.minValue(1), v.maxValue(100_000)),
  'live.enabled': v.boolean(),
  requestTimeoutSeconds: v.pipe(v.number(), v.minValue(1), v.maxValue(120)),
  sampleAccount: v.boolean(),
  [MASK]: v.boolean(),
} as const;

/** The keys that are read, below `exotel.`. */
export const SETTING_KEYS: readonly string[] = Object.keys(SCHEMAS);

const LOCAL = 'local';

/** Each is as it is set when it is read, so that a change holds at once. */
export const settings: Settings = {
  get historyLimit() {
    return valueOf('history.limit');
  },
  get loadsRecordings() {
    return valueOf('recording.loadAutomatically');
  },
  get recordingLimitBytes() {
    return valueOf('recording.limitMegabytes') * 1_000_000;
  },
  get watchesCalls() {
    return valueOf('live.enabled');
  },
  get requestTimeoutMs() {
    return valueOf('requestTimeoutSeconds') * 1000;
  },
  get hasSampleAccount() {
    return valueOf('sampleAccount');
  },
  get masksNumbers() {
    return valueOf(MASK);
  },
};

/** Why times are not shown in the zone that is set: one sentence. Undefined when they are. */
export function timeZoneProblem(): string | undefined {
  const set = vscode.workspace.getConfiguration(SECTION).get<unknown>('timeZone');
  if (v.is(SCHEMAS.timeZone, set)) return undefined;
  return `exotel.timeZone “${plainText(String(set), 60)}” is no time zone: local time is shown.`;
}

/** How times are shown to this person. */
export function timeFormat(): TimeFormat {
  return { timeZone: timeZone(), locale: vscode.env.language };
}

function timeZone(): string {
  const zone = valueOf('timeZone');
  return zone === LOCAL ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
}

/** What is set, or the manifest's default where what is set makes no sense. */
function valueOf<K extends keyof typeof SCHEMAS>(key: K): v.InferOutput<(typeof SCHEMAS)[K]>;
function valueOf(key: keyof typeof SCHEMAS): unknown {
  const section = vscode.workspace.getConfiguration(SECTION);
  const schema: v.GenericSchema = SCHEMAS[key];
  const set = v.safeParse(schema, section.get<unknown>(key));
  return set.success ? set.output : v.parse(schema, section.inspect<unknown>(key)?.defaultValue);
}

/** Adds the sample accounts, or takes them away, for this person in every window. */
export async function setSampleAccount(isShown: boolean): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update('sampleAccount', isShown ? true : undefined, vscode.ConfigurationTarget.Global);
}

/** Masks numbers and names, or shows them, for this person in every window. */
export async function setMasking(isOn: boolean): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(MASK, isOn ? true : undefined, vscode.ConfigurationTarget.Global);
}
