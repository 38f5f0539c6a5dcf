/** What lookups leave behind in the extension host. */
import { SAMPLES } from '../../src/sandbox/samples';
import type { BenchApi } from './api';
import type { BenchWindow } from './desk';
import type { Figure } from './table';

const LOOKUPS = 100;
const CALLS = [SAMPLES.completed, SAMPLES.dualChannel, SAMPLES.inbound, SAMPLES.agentUnanswered, SAMPLES.customerUnanswered, SAMPLES.transfer, SAMPLES.parallelRinging, SAMPLES.retries, SAMPLES.inboundQueue, SAMPLES.customerBusy];

/** The heap after lookups, each in a panel of its own that is closed before the next opens; garbage is collected before it is read. */
export async function measureMemory(window: BenchWindow, api: BenchApi, account: string): Promise<readonly Figure[]> {
  api.delayMs = 0;
  const lookUp = async (index: number): Promise<void> => {
    const { sid } = CALLS[index % CALLS.length] ?? SAMPLES.completed;
    await window.do({ work: 'lookUp', sid, account });
    await window.do({ work: 'closePanels' });
  };
  await lookUp(0);
  const { megabytes: before } = await window.do({ work: 'heap' });
  for (let index = 1; index < LOOKUPS; index += 1) await lookUp(index);
  const { megabytes: after } = await window.do({ work: 'heap' });
  return [{ subject: 'memory', what: 'extension host, growth from the first lookup to the hundredth', unit: 'MB', values: [after - before], note: `${before.toFixed(1)} MB after the first`, target: { value: 10 } }];
}
