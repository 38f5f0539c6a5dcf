/** All that it takes to look a call up and to show it, and the commands, as one part: it is loaded with the first of them. */
export { indentJson } from '../call/rawJson';
export { createClient } from '../exotel/client';
export { MediaServer } from '../recording/mediaServer';
export { copyRequest } from './commands/copyAs';
export { COMMANDS } from './commands/index';
export { lookUpElsewhere } from './commands/lookupCall';
export { maskedEntry, shownJson } from './masks';
export { CallPanel } from './panel/callPanel';
