/** What came for a call, as text; a call whose panel is not open is looked up first. */
import { type Resource, resourceName } from '../../call/request';
import type { RawAnswer } from '../panel/rawDocuments';
import type { Command } from '../parts';
import { askChoice } from '../quickInput';
import { callTarget } from './targets';

export const openRawJson: Command = async (parts, arg) => {
  const key = callTarget(parts, arg);
  if (key === undefined) return;
  if (parts.raw.answers(key).length === 0) await parts.panels.lookUp(key);
  const resource = await chooseAnswer(parts.raw.answers(key));
  if (resource !== undefined) await parts.raw.show(key, resource);
};

/** The only one is chosen by itself. */
async function chooseAnswer(answers: readonly RawAnswer[]): Promise<Resource | undefined> {
  if (answers.length < 2) return answers[0]?.resource;
  const move = await askChoice<Resource>({
    title: 'Open Raw JSON',
    placeholder: 'Which answer?',
    choices: answers.map(({ resource, status }) => ({ value: resource, label: resourceName(resource), description: String(status), icon: 'json' })),
  });
  return move.kind === 'answer' ? move.value : undefined;
}
