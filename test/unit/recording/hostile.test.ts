import assert from 'node:assert/strict';
import type { RecordingProblem } from '../../../src/call/recording';
import { transferRecording } from '../../../src/recording/fetch';
import type { RecordingFailure } from '../../../src/recording/problems';
import { credentialsAt, dripsAfter, type HostileServer, sendsForEver, sendsRaw, useDeadPort, useHostileServer } from '../../support/hostileServer';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n';
const STALL_MS = 100;

describe('A server of recordings that means harm', () => {
  const server = useHostileServer();
  const deadPort = useDeadPort();

  async function failing(answer: HostileServer['answer'], origin = server().origin): Promise<RecordingFailure> {
    server().answer = answer;
    const result = await transferRecording({
      url: `${origin}/a.mp3`,
      credentials: credentialsAt(origin),
      allowedHosts: [],
      fetch,
      now: Date.now,
      stallMs: STALL_MS,
      onHead: () => assert.fail('Nothing that came is audio.'),
      write: () => assert.fail('Nothing that came is audio.'),
    });
    assert.ok(result.kind === 'problem');
    return result;
  }

  const cases: readonly (readonly [what: string, answer: HostileServer['answer'], problem: RecordingProblem, sentence: RegExp])[] = [
    ['says nothing', () => undefined, 'stalled', /did not answer/],
    ['stops in the first line', sendsRaw('HTTP/1.1 2'), 'stalled', /did not answer/],
    ['stops in a header', sendsRaw(`${HEAD}X-Request-`), 'stalled', /did not answer/],
    ['sends a header letter by letter', dripsAfter(`${HEAD}X-Long: `, 'a', 10), 'stalled', /did not answer/],
    ['stops before the first byte', sendsRaw(`${HEAD}Content-Length: 100\r\n\r\n`), 'stalled', /stopped sending/],
    ['stops in the first chunk', sendsRaw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nFFFFFF\r\nID`), 'stalled', /stopped sending/],
    ['sends headers without end', sendsRaw(`${HEAD}${'X-A: b\r\n'.repeat(20_000)}\r\nID3`), 'offline', /breaks the rules of HTTP/],
    ['explains without end why it refuses', sendsForEver('no '.repeat(20_000), '', 403), 'refused', /403/],
    ['sends a page without end', sendsForEver('<html>'.repeat(10_000)), 'notAudio', /sent an HTML page where audio was expected/],
    ['sends spaces without end', sendsForEver(' '.repeat(65_536)), 'notAudio', /sent nothing where audio was expected/],
    ['redirects in circles, each time with a page without end', ({ url = '' }, response) => void response.writeHead(302, { Location: `/${String(url.length)}${url}` }).write('x'.repeat(100_000)), 'failed', /once too often/],
    ['redirects to an address longer than headers may be', ({ url = '' }, response) => void response.writeHead(302, { Location: `/${'a'.repeat(10_000)}${url}` }).end(), 'offline', /breaks the rules of HTTP/],
  ];
  for (const [what, answer, problem, sentence] of cases) {
    it(`is given up, with a sentence, when it ${what}`, async () => {
      const failure = await failing(answer);
      assert.equal(failure.problem, problem, failure.sentence);
      assert.match(failure.sentence, sentence);
      assert.ok(failure.sentence.length < 400, failure.sentence);
      assert.ok(server().seen.length <= 4);
    });
  }

  it('is given up, with a sentence, when it takes the connection and says no word of TLS', async () => {
    assert.equal((await failing(() => undefined, `https://${deadPort()}`)).problem, 'stalled');
  });
});
