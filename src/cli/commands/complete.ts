import { command } from '../command.ts';

/** `gantry complete -- words`: what the completion script of a shell asks at each press of the key. */
export const complete = command({
  name: 'complete',
  hidden: true,
  summary: 'print what may stand in the place of the last word',
  arguments: [{ name: 'word', description: 'the words so far', variadic: true }],
  passThrough: true,
  async run({ program, ...context }, words) {
    const [{ complete: answer, placeIn }, { completionNames }] = await Promise.all([
      import('../completion.ts'),
      import('../../pipeline/completion-names.ts'),
    ]);
    answer(words, program, await completionNames(placeIn(words, context)));
    return 0;
  },
});
