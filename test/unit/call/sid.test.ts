import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findSids, readSid, shortSid, sidIn, sidsIn } from '../../../src/call/sid';

const CALL = 'f1ca1057692d586b23b4e7ffcc3216mk';
const OTHER = '70002accca674f077fe8ad7c96d1192p';
const HEX = '0123456789abcdef0123456789abcdef';

const sidShape = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/);
const strictShape = fc.stringMatching(/^[0-9a-f]{30}[0-9a-z]{2}$/);

describe('a typed SID', () => {
  for (const sid of [CALL, OTHER, 'unique_call_identifier', 'CA0123456789abcdef', '1772118444.76627', 'a1234567', 'a'.repeat(64)]) {
    it(`is taken: ${sid}`, () => assert.deepEqual(readSid(` ${sid}\n`), { ok: true, sid }));
  }

  it('is kept as typed, capitals included', () => {
    fc.assert(fc.property(sidShape, (sid) => assert.deepEqual(readSid(sid), { ok: true, sid })));
  });

  const refused: readonly [text: string, because: RegExp][] = [
    ['', /Type or paste/],
    [' \n', /Type or paste/],
    ['abc1234', /at least 8 characters; this has 7/],
    ['a'.repeat(65), /at most 64 characters; this has 65/],
    ['.hidden-sid', /starts with a letter or a digit, not with “\.”/],
    ['../../etc/passwd', /this has “\/”/],
    ['two words', /a space or a line break/],
    ['abcd\u202Eefgh', /does not show/],
    ['abcdefgh😀', /“😀”/],
    ['<call_sid>', /“<”/],
  ];
  for (const [text, because] of refused) {
    it(`is refused with the reason: ${JSON.stringify(text.slice(0, 20))}`, () => {
      const reading = readSid(text);
      assert.ok(!reading.ok);
      assert.match(reading.reason, because);
      assert.match(reading.reason, /\.$/);
    });
  }
});

describe('a scan for SIDs', () => {
  it('finds each where it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(strictShape, fc.constantFrom(' ', '"', ',', '\n', '/', ' - '))), (found) => {
        const text = found.map(([sid, gap]) => `${gap}${sid}${gap}`).join('');
        const expected = found.map(([sid]) => sid);
        const sids = findSids(text);
        assert.deepEqual(
          sids.map(({ sid }) => sid),
          expected,
        );
        for (const { sid, index } of sids) assert.equal(text.slice(index, index + 32), sid);
      }),
    );
  });

  it('finds what somebody would who reads letter by letter', () => {
    const isWord = (character: string | undefined): boolean => character !== undefined && /^[A-Za-z0-9_]$/.test(character);
    const text = fc.array(fc.oneof(strictShape, fc.constantFrom('0', 'a', 'f', 'z', 'A', '_', '-', ' ', '.', 'é', '\u202E', HEX.slice(0, 31), `${HEX}0`)), { maxLength: 8 });
    fc.assert(
      fc.property(text, (pieces) => {
        const all = pieces.join('');
        const expected = Array.from(all, (_, index) => index).filter((index) => {
          const [here, before, after] = [all.slice(index, index + 32), all[index - 1], all[index + 32]];
          return here.length === 32 && Array.from(here).every((character, place) => (place < 30 ? '0123456789abcdef' : '0123456789abcdefghijklmnopqrstuvwxyz').includes(character)) && !isWord(before) && !isWord(after);
        });
        assert.deepEqual(findSids(all).map(({ index }) => index), expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves alone what is longer, shorter, in capitals or within a word', () => {
    for (const text of [`a${CALL}`, `${CALL}_x`, CALL.slice(1), CALL.toUpperCase(), HEX + HEX]) assert.deepEqual(findSids(text), [], text);
  });
});

describe('the SID in a pasted text', () => {
  const found: readonly [what: string, text: string, sids: readonly string[]][] = [
    ['a SID alone', CALL, [CALL]],
    ['a quoted value with its comma', `  "${CALL}",`, [CALL]],
    ['a form', `AccountSid=${HEX}&CallSid=${CALL}&From=%2B919876543210`, [CALL]],
    ['a form with CallSID', `CallSID=1772118444.76627&Status=completed`, ['1772118444.76627']],
    ['JSON with call_sid', `{"account_sid": "${HEX}", "call_sid": "${CALL}"}`, [CALL]],
    ['the response of the v2 page', `{"request_id": "${HEX}", "response": {"call_details": {"sid": "unique_call_identifier"}}}`, ['unique_call_identifier']],
    ['v1 JSON', `{"Call": {"Sid": "${CALL}", "ParentCallSid": "${OTHER}", "AccountSid": "${HEX}"}}`, [CALL, OTHER]],
    ['v1 XML', `<TwilioResponse><Call><Sid>${CALL}</Sid><AccountSid>${HEX}</AccountSid></Call>`, [CALL]],
    ['JSON inside a string', String.raw`body="{\"call_sid\":\"${CALL}\"}"`, [CALL]],
    ['a Ruby or PHP hash', `'call_sid' => '${CALL}',`, [CALL]],
    ['a header', `X-Exotel-Call-Sid: ${CALL}`, [CALL]],
    ['a sentence', `See call SID: ${CALL}.`, [CALL]],
    ['a key that is the value of another', `event: call_sid=${CALL}`, [CALL]],
    ['a v2 URL', 'https://ccm-api.exotel.com/v2/accounts/acme1/calls/CA12345678/legs', ['CA12345678']],
    ['a v1 URL', 'https://api.exotel.com/v1/Accounts/acme1/Calls/1772118444.76627.json?details=true', ['1772118444.76627']],
    ['a recording URL', `https://recordings.exotel.com/exotelrecordings/${HEX}/${CALL}.mp3`, [CALL]],
    ['a log line', `12:00:01 INFO request_id=${HEX} call ${CALL} completed`, [CALL]],
    ['a leg before its call', `{"legs": [{"sid": "${OTHER}"}], "sid": "${CALL}"}`, [CALL]],
    ['an account before the call', `{"account": {"sid": "${HEX}"}, "call": {"sid": "${CALL}"}}`, [CALL]],
    ['the legs of a call', `{"call_sid": "${CALL}", "from": [{"sid": "${OTHER}"}], "user_id": "${HEX}"}`, [CALL]],
    ['a nested sid before the outer one', `{"details": {"sid": "${OTHER}"}, "sid": "${CALL}"}`, [CALL, OTHER]],
    ['several calls, each once', `${CALL} ${OTHER} ${CALL}`, [CALL, OTHER]],
  ];
  for (const [what, text, sids] of found) it(`is found in ${what}`, () => assert.deepEqual(sidsIn(text), sids));

  const nothing: readonly [what: string, text: string][] = [
    ['code that names a SID', 'const details = { call_sid: call_sid, sid: response };'],
    ['the URL that makes a call', 'POST https://api.exotel.com/v1/Accounts/acme1/Calls/connect.json'],
    ['an account SID', `AccountSid=${HEX}`],
    ['a request id', `"request_id": "${HEX}", "http_code": 404`],
    ['a value too long for a SID', `call_sid=${'a1'.repeat(40)}`],
    ['the URL of the v2 page, unfilled', 'https://<api_key>:<api_token>@ccm-api.exotel.com/v2/accounts/<account_sid>/calls/<call_sid>'],
  ];
  for (const [what, text] of nothing) it(`is not made up from ${what}`, () => assert.deepEqual(sidsIn(text), []));

  it('is never an API key or token', () => {
    assert.deepEqual(sidsIn(`curl https://${HEX}:${OTHER}@ccm-api.exotel.com/v2/accounts/acme1/calls/${CALL}`), [CALL]);
    assert.deepEqual(sidsIn(`curl -u ${HEX}:${OTHER} https://ccm-api.exotel.com/v2/accounts/acme1/calls/${CALL}`), [CALL]);
    assert.deepEqual(sidsIn(`api_key=${HEX} api_token=${OTHER} and nothing else`), []);
  });

  it('is the call’s, whatever order the keys come in', () => {
    const fields = [`"sid": "${CALL}"`, `"account_sid": "${HEX}"`, `"legs": [{"sid": "${OTHER}"}]`, '"user_id": "a1b2c3d4e5f6"'];
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: fields.length }), (shuffled) => {
        assert.deepEqual(sidsIn(`{${shuffled.join(', ')}}`), [CALL]);
      }),
    );
  });

  it('is found wherever it stands among other words', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 3 })), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{6,62}[A-Za-z0-9]$/), (words, sid) => {
        assert.equal(sidsIn(`${words.join(' ')}\n"call_sid": "${sid}"`)[0], sid);
      }),
    );
  });

  it('is named missing in words when there is none', () => {
    assert.deepEqual(sidIn('no call in here'), { ok: false, reason: 'There is no call SID in this text.' });
    assert.deepEqual(sidIn('abc'), readSid('abc'));
    assert.deepEqual(sidIn(`CallSid: ${CALL}`), { ok: true, sid: CALL });
  });

  it('is offered once and only where it could be one, at most fifty of them, whatever is pasted', () => {
    const piece = fc.oneof(
      fc.constantFrom(CALL, OTHER, HEX, 'call_sid', 'CallSid', 'call sid', '"sid"', 'sid', 'account_sid', 'parent_call_sid', 'legs', 'id', 'api_key', 'Authorization: Basic ', ':', '=', '=>', '": "', '\\"', '"', "'", '{', '}', '[', ']', '<', '>', '/calls/', '/accounts/', 'https://', '@', '-u ', '.', '-', '_', ' ', '\n', '\0', '\u202E', 'é'),
      fc.string({ unit: 'binary', maxLength: 4 }),
      sidShape,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        const sids = sidsIn(text);
        assert.ok(sids.length <= 50);
        assert.equal(new Set(sids).size, sids.length);
        for (const sid of sids) {
          assert.deepEqual(readSid(sid), { ok: true, sid });
          assert.ok(text.includes(sid), sid);
        }
        assert.deepEqual(sidIn(text), sids[0] === undefined ? sidIn(text) : { ok: true, sid: sids[0] });
      }),
      { numRuns: 2000 },
    );
  });

  it('is searched for in a megabyte to its end', () => {
    const megabytes = ['{"sid":"a'.repeat(110_000), '{'.repeat(1e6), 'a-'.repeat(5e5), ' '.repeat(1e6), `${CALL} `.repeat(3e4)];
    assert.deepEqual(megabytes.map((text) => sidsIn(text).length), [0, 0, 0, 0, 1]);
    assert.deepEqual(sidsIn(`${' '.repeat(1e6)}CallSid=${CALL}`), [CALL]);
    assert.equal(sidsIn(`${CALL} ${OTHER} `.repeat(15_000)).length, 2);
  });
});

describe('a short SID', () => {
  it('keeps both ends of a long one', () => assert.equal(shortSid('c5797dcbaaaaaaaaaaaaaaaaaaaa189g'), 'c5797dcb…189g'));
  it('is the whole of a short one', () => assert.equal(shortSid('1772118444.76627'), '1772118444.76627'));
});
