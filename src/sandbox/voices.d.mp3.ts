/**
 * Twelve seconds of the two voices as an MP3 whose frames stand alone, so that they can be repeated: what `createRecording(12, 1)` of
 * `audio.ts` gives, through `lame -b 16 --cbr --nores -t --resample 8 -m m`, cut after 167 frames of 144 bytes.
 */
declare const bytes: Uint8Array;
export default bytes;
