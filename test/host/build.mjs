/** Builds the extension, and the compiled test suites where they are wanted. */
import { run } from './processes.mjs';

const TIMEOUT_MS = 2 * 60_000;

/** @throws {Error} with what the build said when it fails. */
export async function build(/** @type {{ tests: boolean, production?: boolean }} */ { tests, production = false }) {
  const { ok, output, ended } = await run(process.execPath, ['esbuild.mjs', ...(tests ? ['--tests'] : []), ...(production ? ['--production'] : [])], { timeoutMs: TIMEOUT_MS });
  if (!ok) throw new Error(`The build failed (${ended}):\n${output}`);
}
