import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLIPPED, type Levels } from '../../../src/call/levels';
import { measuresOf, nextSpeech, previousSpeech, sideOfChannel, silenceAt, type Stretch, THRESHOLDS } from '../../../src/call/speech';
import { levelsOf, type Sounding, talk } from '../../support/levels';

const speechOf = (levels: Levels): readonly (readonly Stretch[])[] => measuresOf(levels).channels.map(({ speech }) => speech);
const speechIn = (length: number, ...soundings: readonly Sounding[]): readonly Stretch[] => speechOf(levelsOf(length, soundings))[0] ?? [];

describe('speech in a recording', () => {
  it('is found where it is, in each channel', () => {
    const levels = levelsOf(10, [talk(1, 3), talk(6, 8)], [talk(3.5, 5)]);
    assert.deepEqual(speechOf(levels), [
      [
        { from: 1, to: 3 },
        { from: 6, to: 8 },
      ],
      [{ from: 3.5, to: 5 }],
    ]);
  });

  it('is told from the noise of a line by the stated level', () => {
    assert.deepEqual(speechIn(3, { from: 1, to: 2, level: THRESHOLDS.speechFrom }), [{ from: 1, to: 2 }]);
    assert.deepEqual(speechIn(3, { from: 1, to: 2, level: THRESHOLDS.speechFrom - 1 }), []);
  });

  it('goes on over a short gap, and ends at a longer one', () => {
    assert.deepEqual(speechIn(3, talk(0, 1), talk(1.28, 2)), [{ from: 0, to: 2 }]);
    assert.deepEqual(speechIn(3, talk(0, 1), talk(1.3, 2)), [
      { from: 0, to: 1 },
      { from: 1.3, to: 2 },
    ]);
  });

  it('is no click, nor two of them', () => {
    assert.deepEqual(speechIn(3, talk(1, 1.08)), []);
    assert.deepEqual(speechIn(3, talk(1, 1.04), talk(1.2, 1.24)), []);
    assert.deepEqual(speechIn(3, talk(1, 1.1)), [{ from: 1, to: 1.1 }]);
  });

  it('may be in short syllables', () => assert.deepEqual(speechIn(3, talk(1, 1.06), talk(1.2, 1.26), talk(1.4, 1.46)), [{ from: 1, to: 1.46 }]));

  it('reaches from the first bin to the last', () => assert.deepEqual(speechIn(2, talk(0, 2)), [{ from: 0, to: 2 }]));
});

describe('the measures of a recording', () => {
  it('add up to who spoke for how long, who at once, and who not at all', () => {
    const measures = measuresOf(levelsOf(20, [talk(1, 5), talk(10, 12)], [talk(4, 8)]));
    assert.deepEqual(
      measures.channels.map(({ spoken }) => spoken),
      [6, 4],
    );
    assert.equal(measures.length, 20);
    assert.equal(measures.overlap, 1);
    assert.deepEqual(measures.silences, [
      { from: 0, to: 1 },
      { from: 8, to: 10 },
      { from: 12, to: 20 },
    ]);
    assert.equal(measures.silent, 11);
    assert.deepEqual(measures.longestSilence, { from: 12, to: 20 });
  });

  it('name the first of two silences that are equally long', () => {
    assert.deepEqual(measuresOf(levelsOf(6, [talk(2, 4)])).longestSilence, { from: 0, to: 2 });
  });

  it('have no overlap in a single channel, and no silence where somebody speaks throughout', () => {
    const { overlap, silences, longestSilence } = measuresOf(levelsOf(5, [talk(0, 5)]));
    assert.deepEqual({ overlap, silences, longestSilence }, { overlap: 0, silences: [], longestSilence: undefined });
  });

  it('tell digital silence from a quiet line', () => {
    const [digital, quiet] = measuresOf(levelsOf(4, [], [{ from: 0, to: 4, level: -60 }])).channels;
    assert.equal(digital?.loudest, -Infinity);
    assert.ok(Math.abs((quiet?.loudest ?? 0) + 60) < 1);
    assert.equal(quiet?.audible, 0);
  });

  it('count what can be heard, and what clips, to the bin', () => {
    const [channel] = measuresOf(levelsOf(4, [{ from: 1, to: 1.1, level: -50 }, { from: 2, to: 2.06, level: -3, clips: true }])).channels;
    assert.deepEqual([channel?.audible, channel?.clipped], [0.16, 0.06]);
    assert.ok(Math.abs((channel?.loudest ?? 0) + 3) < 0.1);
  });

  it('are empty of a recording of which nothing has come', () => {
    const nothing = { length: 0, silences: [], silent: 0, longestSilence: undefined, overlap: 0 };
    assert.deepEqual(measuresOf({ peaks: [], rms: [], isWhole: false }), { ...nothing, channels: [] });
    assert.equal(measuresOf(levelsOf(0, [])).length, 0);
  });

  it('fit together for whatever is heard', () => {
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const { length, channels, silences, silent, overlap } = measuresOf(levels);
        for (const stretches of [silences, ...channels.map(({ speech }) => speech)]) assertOrdered(stretches, length);
        for (const { speech, spoken } of channels) {
          assertClose(spoken, total(speech));
          speech.slice(1).forEach(({ from }, index) => assert.ok(from - (speech[index]?.to ?? 0) > THRESHOLDS.joinedGap - TINY));
        }
        assertClose(silent, total(silences));
        assertClose(channels.reduce((sum, { spoken }) => sum + spoken, 0) - overlap + silent, length);
        assert.ok(overlap >= 0 && channels.every(({ spoken }) => overlap <= spoken || channels.length === 1));
      }),
    );
  });

  it('are silent exactly where no channel speaks', () => {
    fc.assert(
      fc.property(anyLevels, fc.nat(), (levels, place) => {
        const { length, channels, silences } = measuresOf(levels);
        const at = ((place % Math.max(1, length * 50)) + 0.5) / 50;
        const isSpoken = channels.some(({ speech }) => speech.some(around(at)));
        assert.equal(silences.some(around(at)), at < length && !isSpoken);
      }),
    );
  });
});

describe('jumping in a recording', () => {
  const measures = measuresOf(levelsOf(30, [talk(2, 5), talk(20, 22)], [talk(6, 9)]));

  it('goes to the next speech of either side', () => {
    assert.equal(nextSpeech(measures, undefined, 0), 2);
    assert.equal(nextSpeech(measures, undefined, 3), 6);
    assert.equal(nextSpeech(measures, undefined, 22), undefined);
  });

  it('goes to the next speech of one side', () => {
    assert.equal(nextSpeech(measures, 0, 3), 20);
    assert.equal(nextSpeech(measures, 1, 0), 6);
    assert.equal(nextSpeech(measures, 1, 7), undefined);
  });

  it('does not stay where it is when the player stands a moment before the place it was sent to', () => assert.equal(nextSpeech(measures, undefined, 1.97), 6));

  it('goes back to where this speech began, and when asked again to the one before', () => {
    assert.equal(previousSpeech(measures, undefined, 21.5), 20);
    assert.equal(previousSpeech(measures, undefined, 20.6), 6);
    assert.equal(previousSpeech(measures, 0, 20.6), 2);
    assert.equal(previousSpeech(measures, undefined, 2), undefined);
  });
});

describe('skipping silence', () => {
  it('leaves a moment at both ends of it', () => {
    const measures = measuresOf(levelsOf(10, [talk(0, 2), talk(5, 10)]));
    assert.equal(silenceAt(measures, 2.1), undefined);
    assert.deepEqual(silenceAt(measures, 2.2), { from: 2.2, to: 4.8 });
    assert.deepEqual(silenceAt(measures, 4.7), { from: 2.2, to: 4.8 });
    assert.equal(silenceAt(measures, 4.8), undefined);
    assert.equal(silenceAt(measures, 7), undefined);
  });

  it('keeps the pauses that people make', () => {
    assert.equal(silenceAt(measuresOf(levelsOf(10, [talk(0, 2), talk(3.48, 10)])), 2.5), undefined);
    assert.deepEqual(silenceAt(measuresOf(levelsOf(10, [talk(0, 2), talk(3.5, 10)])), 2.5), { from: 2.2, to: 3.3 });
  });

  it('skips nothing while one side speaks', () => assert.equal(silenceAt(measuresOf(levelsOf(10, [talk(0, 1)], [talk(1, 9)])), 5), undefined));
});

it('the agent is on the left, unless an account has it the other way round', () => {
  assert.deepEqual(
    [false, true].map((swaps) => [0, 1].map((channel) => sideOfChannel(channel, swaps))),
    [
      ['agent', 'customer'],
      ['customer', 'agent'],
    ],
  );
});

const TINY = 1e-9;

/** Levels that change every few bins, as speech does; of one or two channels. */
const anyLevels: fc.Arbitrary<Levels> = fc
  .tuple(fc.nat({ max: 400 }), fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 12, 18, 19, 20, 90, CLIPPED - 1)), { maxLength: 60 }), { minLength: 1, maxLength: 2 }))
  .map(([bins, channels]) => {
    const rms = channels.map((runs) => {
      const bytes = runs.flatMap(([count, byte]) => Array<number>(count).fill(byte)).slice(0, bins);
      return Uint8Array.from([...bytes, ...Array<number>(bins - bytes.length).fill(0)]);
    });
    return { peaks: rms, rms, isWhole: true };
  });

function assertOrdered(stretches: readonly Stretch[], length: number): void {
  const edges = [0, ...stretches.flatMap(({ from, to }) => [from, to]), length];
  assert.deepEqual(
    edges,
    edges.toSorted((one, other) => one - other),
  );
  for (const { from, to } of stretches) assert.ok(from < to);
}

function assertClose(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

function total(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}

function around(at: number): (stretch: Stretch) => boolean {
  return ({ from, to }) => from <= at && at < to;
}
