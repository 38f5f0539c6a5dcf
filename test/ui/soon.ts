/** Waiting for what no event tells of. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const SOON_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Passes as soon as the condition holds; fails when it does not within ten seconds. */
export async function assertSoon(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SOON_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `Not within ${SOON_MS / 1000} s: ${condition.toString()}`);
    await pause(LOOK_EVERY_MS);
  }
}
