/** A window of its own, as far as the list of calls goes: a process that notes calls until it is stopped. For tests. */
import { HistoryFile } from '../../src/extension/historyFile';
import { noted } from '../../src/extension/historyEntries';

const [, , folder = '', account = '', count = ''] = process.argv;

async function run(): Promise<void> {
  const file = new HistoryFile(folder, { onSetAside: (aside) => process.stdout.write(`aside ${aside}\n`) });
  process.stdout.write('ready\n');
  for (let index = 0; index < Number(count); index += 1) {
    const key = { sid: `${account}-${String(index)}`, account };
    await file.update((entries) => noted(entries, key, { resource: 'v2', sources: {}, reported: [], reportedLeftOut: 0 }, index));
  }
}

void run();
