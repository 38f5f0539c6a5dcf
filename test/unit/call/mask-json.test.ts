import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskedJson } from '../../../src/call/mask-json';
import { callWith } from './calls';

const CALL = callWith({ assigned_agent_details: { name: 'Asha Kumar' }, customer_details: { number: '+915555010023' } });

describe('Raw JSON that is masked', () => {
  it('has numbers and names masked, and everything else as it came', () => {
    const came = String.raw`{ "request_id":"f1ca1057692d586b", "http_code": 200,
  "response": [{"call_details": {"sid":"5f0c1b7e9a3d42c68e17b04d92fa631k","x":1.50,"x":12345678901234567890,"s":"\u00e9\/",
    "assigned_agent_details":{"name" : "Asha Kumar","user_id":"agent-5555010023"}, "customer_details":{"number":"+915555010023","mobile":5555010023},
    "group":{"name":"Sales"}, "digits":"1-2-3", "custom_field":"{\"for\":\"Asha\",\"phone\":\"05555010099\"}", "created_time":"2024-06-15T10:30:00.000Z", "created":1718447400,
    "contacts":{"+915555010077":[5555010077, true, null]}, "recording":{"url":"https:\/\/bucket.example\/a.mp3?X-Amz-Date=20240615T103000Z&X-Amz-Signature=f00"}}}]}
`;
    const shown = maskedJson(came, CALL);
    assert.equal(
      shown,
      came
        .replace('"name" : "Asha Kumar"', '"name" : "A••• K•••"')
        .replace('"number":"+915555010023"', '"number":"+91••••••••23"')
        .replace('"mobile":5555010023', '"mobile":"••••••••23"')
        .replace('"1-2-3"', '"•-•-•"')
        .replace(String.raw`{\"for\":\"Asha\",\"phone\":\"05555010099\"}`, String.raw`{\"for\":\"A•••\",\"phone\":\"0••••••••99\"}`)
        .replace('"+915555010077":[5555010077', '"+91••••••••77":["••••••••77"'),
    );
    assert.equal(maskedJson(shown, CALL), shown);
  });

  it('stays JSON with the same keys in the same order, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const shown = maskedJson(JSON.stringify(value, null, space), CALL);
        assert.deepEqual(shapeOf(JSON.parse(shown)), shapeOf(value));
        assert.equal(maskedJson(shown, CALL), shown);
      }),
    );
  });

  it('is masked where it is no JSON, too', () => {
    assert.equal(maskedJson('<html>Call 5555010023</html>'), '<html>Call ••••••••23</html>');
    assert.equal(maskedJson('{"name":"Asha Kumar","number": "10090", "status":"completed", "sid":"5f0', undefined), '{"name":"A••• K•••","number": "•••90", "status":"completed", "sid":"5f0');
  });

  it('survives megabytes and deep nesting', () => {
    const deep = `${'['.repeat(5000)}"+915555010023"${']'.repeat(5000)}`;
    assert.ok(maskedJson(deep).includes('"+91••••••••23"'));
    const wide = JSON.stringify({ list: Array.from({ length: 20_000 }, (_, index) => ({ name: 'Asha', number: `+9155550${String(10_000 + index)}` })) });
    assert.doesNotMatch(maskedJson(wide), /Asha|5555/);
    const long = JSON.stringify({ ['k.'.repeat(5e5)]: Array.from({ length: 50_000 }, () => 'Asha on +915555010023') });
    assert.doesNotMatch(maskedJson(long), /5555/);
  });
});

/** What is in it without its values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  return typeof value === 'object' && value !== null ? Object.values(value).map(shapeOf) : null;
}
