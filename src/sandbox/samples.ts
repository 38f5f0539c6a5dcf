/**
 * The sample calls: their names, SIDs and what each shows. Everything in them is made up: no Indian mobile number starts with a 5,
 * `.example` is nobody's domain. What happened in each is told in `scenarios/`.
 */

/** A call that the sandbox knows, with a line that says what it shows. */
export interface SampleCall {
  readonly sid: string;
  readonly title: string;
  /** The account that has it; absent: the first. */
  readonly account?: SampleAccountId;
}

/** The sandbox's accounts. Everything can be seen in the first; each of the others shows one thing that accounts differ in. */
export type SampleAccountId = 'sample' | 'sample-no-legs' | 'sample-no-ccm' | 'sample-other-region';

/** Every sample call by name. The SIDs never change: files that mention them may rely on that. */
export const SAMPLES = {
  completed: { sid: '5f0c1b7e9a3d42c68e17b04d92fa631k', title: 'Completed: agent and customer talked for 48 seconds, recorded in mono' },
  dualChannel: { sid: 'a91e44d07c5b4f2f8d30c6e5b1728f4q', title: 'Completed, recorded in stereo: agent on the left, customer on the right' },
  inbound: { sid: '3d7ab20f6e1948c5b4a2f70e8c65d91b', title: 'Inbound: a customer called the ExoPhone and spoke to an agent; the recording is behind a signed link' },
  agentUnanswered: { sid: 'c27e9f1045db4a86930b5fd1ee78a20z', title: 'The agent did not answer, so the customer was never dialled' },
  customerUnanswered: { sid: '90b6e3a8d2f14c7da5518c0f46be7d3m', title: 'The agent answered, the customer did not' },
  agentCanceled: { sid: '1e84fc6b39a7406fb2d5e9037ac81f5w', title: 'The agent cancelled the call before the customer was reached' },
  customerNoDial: { sid: 'd5038ab71ce64e92a7f4b16d0c39e82h', title: 'The customer could not be dialled' },
  agentNoDial: { sid: '7ca2d91e50f34b6c8e05af7b31d6c49t', title: 'The agent could not be dialled' },
  active: { sid: 'b8f15e62c40a4d39967de1a8057fc2bx', title: 'Active: still going on when first looked up, completed about a minute later' },
  recordingProcessing: { sid: '46d0a7c3e8bf4291b3c65f90ad17e8ej', title: 'Just completed: the recording is still being processed' },
  recordingExpired: { sid: 'e3917fb0a56c4d88b021d7ce94f6a05p', title: 'The signed link to the recording has expired, and there is no new one' },
  recordingGone: { sid: '28c5e0f7d41b4a3f9e67c8b2105da96v', title: 'The recording was deleted after its retention period' },
  recordingRefused: { sid: 'f60a3d8b17ce4592ad84e71c0b9f538s', title: 'The recording is refused, whatever keys are sent' },
  recordingNotAudio: { sid: '0b72c4e9f58d4136a9d03e6f1c85b7dn', title: 'The recording link answers with a web page' },
  recordingLarge: { sid: '9d4e6b13f7a04c52b8c1d05e7af2396y', title: 'An hour in stereo at 48 kHz: a recording too large to play in the panel' },
  odd: { sid: '6ea8c02d95f74b1e83d6a4f7c1b0e29g', title: 'Odd data: numbers as text, an unreadable time, times out of order' },
  unknownStatus: { sid: 'ad53f90c7be1468297d2e05b8f4c61ar', title: 'A status and fields that this extension does not know' },
  zeroLength: { sid: '71f2b8d5e03c4a96ae49c7d180f5b3eu', title: 'Zero length: started and ended in the same second' },
  noEndTime: { sid: 'cb06d4e71a9f42d5b37f8e29c0a5166c', title: 'Terminal, yet without an end time' },
  documented: { sid: 'unique_call_identifier', title: 'The example of Exotel’s own documentation' },
  transfer: { sid: 'cb6d9880ee7ce66e35cc3b7b8747837s', title: 'Transferred: the customer talked with two agents, one after the other' },
  parallelRinging: { sid: 'e9bd10db020bc62ca5e89301a684ef8j', title: 'Parallel ringing: three agents were rung at once, one of them answered' },
  retries: { sid: 'b613dab82ec66c52e82dc1763eaa7c1z', title: 'Retried: the customer answered when rung for the third time' },
  inboundQueue: { sid: '477fa06001f03a0ba67354524306851r', title: 'Inbound queue: the first agent did not answer, the second did' },
  customerBusy: { sid: 'adcd5bfe6472f4de9f6249a10a96d6br', title: 'The agent answered, the customer’s line was busy' },
  flowCall: { sid: '4b720cfd6caa7a73ecfeb27a1f69d7bp', title: 'Through a flow, with what the customer pressed: v3 knows the call, v2 does not' },
  v1Only: { sid: 'f7623372eb332ba767ed26ddae165fdt', title: 'Of the v1 API: v2 and v3 do not know the call' },
  shapeB: { sid: 'c8822119c6b5c0460f2358116b5aea4y', title: 'Other names, as some accounts get them: call_sid, call_status, duration, talk_time' },
  shapeC: { sid: 'e47a8253e170bbc97d75d2365720475k', title: 'In a list, as some accounts get it, with contact_name, recordings and digits' },
  longCall: { sid: '378bb21019ddec8d5bf4722718543b2v', title: 'Three hours with several transfers, most of them in the first minutes' },
  shortCall: { sid: '087f5f5be58f92c8eb2aeae9b5fbbe4n', title: 'Two seconds from start to end' },
  legsNotFound: { sid: 'b196072d11e1743b3486f0860a46120p', title: 'Legs that are not found: Exotel answers with an error of its own' },
  recordingSoon: { sid: 'eb9ea11569b3c2bd58eeb4482c3ef34r', title: 'Over for three minutes: its talk time settles and its recording comes in while it is looked at' },
  disagree: { sid: '4d6edb1cc56b42a89211af979b1fa8en', title: 'A disagreement: v2 says that they talked, v1 that the customer did not answer' },
  legContradicts: { sid: 'eb7255855a80a7ed2adce6aad3273a1g', title: 'A contradiction: completed, and yet the customer’s leg was never answered' },
  zeroEndTime: { sid: '090c32f2a53abc60aaa3e3cd779b382j', title: 'A zero time where the end should be' },
  stuckActive: { sid: '672b0d3f59ccdb853a5a83e5ef94e32z', title: 'Active for six hours' },
  completedWithoutLegs: { sid: 'c4e3e1813898454c87e3b608b644571z', title: 'Completed, in an account without leg details', account: 'sample-no-legs' },
  customerUnansweredWithoutLegs: { sid: '81b14eb764ef7b71c31653caca34dbdw', title: 'The customer did not answer, in an account without leg details', account: 'sample-no-legs' },
  completedWithoutCcm: { sid: '7efe4ee894eb7eab72a3f0c0c58403dh', title: 'Completed, in an account that has v1 alone', account: 'sample-no-ccm' },
  agentUnansweredWithoutCcm: { sid: 'aea35d3d55295c0533237e00697669bq', title: 'The agent did not answer, in an account that has v1 alone', account: 'sample-no-ccm' },
  completedInMumbai: { sid: '1a613a65a365e0583d399dd3b649eccy', title: 'Completed in Mumbai: refused, because the account is entered as one in Singapore', account: 'sample-other-region' },
  recordingRenewed: { sid: 'e0b4d7125c8f4a93b61e7d20fa93c58k', title: 'The signed link in the record has expired, but there is a new one to be had' },
  recordingOnS3: { sid: '8c15f9a27b6e40d3a8f24c7e91d0b36m', title: 'The recording is at S3 and its link is not signed: refused, until Exotel signs one' },
  recordingRedirects: { sid: '3fa7e20c9d514b86b7c08e35d14f6a2q', title: 'The link to the recording leads on to another host, where no keys go' },
  recordingHour: { sid: 'b74c6d19e8f24305a9d17c3b60e2f85w', title: 'An hour recorded in stereo, with pauses and both talking at once' },
  recordingVbr: { sid: '1d92e6f8a04b4c7783e5b9d0c62f7a4x', title: 'Recorded as an MP3 whose bit rate changes in the middle' },
  recordingMuLaw: { sid: 'f5308b7ce1924d6fa07b5c84d9e3612z', title: 'Recorded as a WAV in µ-law, the way telephones talk' },
  recordingGsm: { sid: '6a1ed4097f3b4852bc96f0e7258d13ar', title: 'Recorded as a WAV in GSM, which cannot be played here' },
  recordingShorter: { sid: 'c2f76b05d8e94a31970ad5e43f81b6ct', title: 'The recording is shorter than the talk time' },
  recordingClipping: { sid: '0e85a3c7b2d14f69a5e0c97d418b62fy', title: 'Recorded in stereo: the agent’s channel is too loud and clips' },
  recordingSilent: { sid: '97d3f1b6e50a4c28b4f9d72c0a85e3bh', title: 'The recording is silent from beginning to end' },
  customerSilent: { sid: '4be08f7d1c6349a2ae53f7b90d24c61n', title: 'Recorded in stereo: nothing is heard of the customer' },
  recordingSlow: { sid: 'd91a5c36f0e748b2967cd80b3fe4275v', title: 'The recording comes slowly, at 64 kB a second' },
  recordingStalls: { sid: '2e6f84b9a7d0453c8b15e6f7c09da43u', title: 'The recording stops coming half-way, until the rest is asked for' },
  recordingCutOff: { sid: 'a803d5e7c9124fb6b06e84f1d7c3529s', title: 'The recording always breaks off after some of it has come' },
  recordingInOneGo: { sid: '7b4c21f0e6d948a5837fb1d60e95c24j', title: 'The server does not say how long the recording is, and cannot send a part of it' },
} as const satisfies Readonly<Record<string, SampleCall>>;

export type SampleName = keyof typeof SAMPLES;

/**
 * Calls with nothing odd about them, in the accounts they are in: whoever reads them must not raise a false alarm. The others are there
 * to show what can be wrong with a record.
 */
export const ORDINARY: readonly SampleName[] = [
  'completed',
  'dualChannel',
  'inbound',
  'agentUnanswered',
  'customerUnanswered',
  'agentCanceled',
  'customerNoDial',
  'agentNoDial',
  'active',
  'recordingGone',
  'recordingRefused',
  'recordingNotAudio',
  'recordingLarge',
  'documented',
  'transfer',
  'parallelRinging',
  'retries',
  'inboundQueue',
  'customerBusy',
  'flowCall',
  'v1Only',
  'shapeB',
  'shapeC',
  'longCall',
  'shortCall',
  'legsNotFound',
  'completedWithoutLegs',
  'customerUnansweredWithoutLegs',
  'completedWithoutCcm',
  'agentUnansweredWithoutCcm',
  'recordingOnS3',
  'recordingRedirects',
  'recordingHour',
  'recordingVbr',
  'recordingMuLaw',
  'recordingGsm',
  'recordingShorter',
  'recordingClipping',
  'recordingSilent',
  'customerSilent',
  'recordingSlow',
  'recordingStalls',
  'recordingCutOff',
  'recordingInOneGo',
];

/** The names of the samples, in the order in which they are listed. */
export const SAMPLE_NAMES: readonly SampleName[] = Object.keys(SAMPLES).filter((name): name is SampleName => name in SAMPLES);

const nameOf = new Map<string, SampleName>(SAMPLE_NAMES.map((name) => [SAMPLES[name].sid, name]));

/** The name of the sample call with this SID. */
export function sampleName(sid: string): SampleName | undefined {
  return nameOf.get(sid);
}

/** The account that has a sample call. */
export function accountOf(name: SampleName): SampleAccountId {
  const sample: SampleCall = SAMPLES[name];
  return sample.account ?? 'sample';
}

/** The sample calls of an account, in the order in which they are listed. */
export function samplesOf(account: SampleAccountId): readonly SampleCall[] {
  return SAMPLE_NAMES.filter((name) => accountOf(name) === account).map((name) => SAMPLES[name]);
}
