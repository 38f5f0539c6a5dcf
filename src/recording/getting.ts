/** All that it takes to get a recording and to measure it, as one part: it is loaded with the first recording of a window. */
export { createAnalyst } from './analyst';
export { transferRecording } from './fetch';
export { RecordingLibrary } from './library';
