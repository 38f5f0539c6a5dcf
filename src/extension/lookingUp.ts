/**
 * All that it takes to look a call up and to show it, and the commands, as one part: it is loaded with the first of them, also where
 * one of these modules is asked for by its own name (`esbuild.mjs`).
 */
export * from '../call/rawJson';
export * from '../exotel/client';
export * from '../recording/mediaServer';
export { copyRequest } from './commands/copyAs';
export { COMMANDS } from './commands/index';
export { lookUpElsewhere } from './commands/lookupCall';
export * from './masks';
export * from './panel/callPanel';
