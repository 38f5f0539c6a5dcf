/**
 * Runs compiled mocha suites in this process and sends the figures to the one that started it, which can end it when it hangs.
 * Arguments: JSON of `{ files, reporter, timeoutMs, grep? }`.
 */
import Mocha from 'mocha';
import { endOnSignals, exit } from './processes.mjs';

/** @type {{ files: string[], reporter: string, timeoutMs: number, grep?: string }} */
const { files, reporter, timeoutMs, grep } = JSON.parse(process.argv[2] ?? '');

endOnSignals({ exitCode: 1 });

// Each bundled suite has a copy of the modules that clean up as the process exits.
process.setMaxListeners(100);

const mocha = new Mocha({ ui: 'bdd', reporter, timeout: timeoutMs, slow: timeoutMs / 2, forbidOnly: true, forbidPending: true });
if (grep) mocha.grep(new RegExp(grep));
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();

const runner = mocha.run((failed) => {
  process.send?.(JSON.stringify({ passed: runner.stats?.passes ?? 0, failed }), () => exit(failed === 0 ? 0 : 1));
});
