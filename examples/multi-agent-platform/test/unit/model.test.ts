import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainClassifier } from '../../services/model/src/local/classifier.ts';
import { decide } from '../../services/model/src/local/decide.ts';
import { examples, type Intent } from '../../services/model/src/local/examples.ts';
import { sentencesOf, summarise } from '../../services/model/src/local/summary.ts';
import { trainLocalProvider } from '../../services/model/src/providers/local.ts';

const classify = trainClassifier(examples);
const now = new Date('2026-11-21T10:00:00Z');
const decided = (task: string) => decide(task, classify, now).map(({ reason: _reason, ...action }) => action);
const tool = (name: string, given: Record<string, unknown>) => ({ kind: 'tool', tool: name, arguments: given });

// None of these is among the examples that the classifier learns from.
const unseen: Record<Intent, string[]> = {
  calculate: [
    'what is 44 divided by 11',
    'how much is 7% of 900',
    'please compute 3 * (4 + 5)',
    'what do 12 and 30 add up to: 12 + 30',
  ],
  date: [
    'how many days remain until 2029-09-09',
    'which day of the week was 1999-12-31',
    'what is the date 10 weeks from now',
  ],
  convert: ['convert 10 gallons into litres', 'how many inches are in 2 metres', 'what is 15 celsius in fahrenheit'],
  statistics: ['how many words does the following text have', 'count the characters in this paragraph'],
  summarise: ['please summarise the following report in two sentences', 'give me a short summary of this article'],
  remember: ['remember that the wifi password is on the fridge', 'please note that the train leaves at nine'],
  recall: ['what do you know about the wifi', 'do you remember what i said about the train'],
  program: ['run this javascript snippet', 'execute [4, 5].map((n) => n + 1)'],
  converse: ['tell me a story about a mountain', 'write something about the night'],
};

test('the classifier understands requests that it has not seen', () => {
  const wrong = Object.entries(unseen).flatMap(([intent, texts]) =>
    texts
      .filter((text) => classify(text)[0]?.label !== intent)
      .map((text) => `${text}: ${classify(text)[0]?.label}, not ${intent}`),
  );
  assert.deepEqual(wrong, []);
});

const decisions: [string, object[]][] = [
  [
    'What is 17% of 2,350, and how many days until 2027-01-01?',
    [tool('calculator', { expression: '17% of 2350' }), tool('date_difference', { from: 'today', to: '2027-01-01' })],
  ],
  [
    'what is 20% off 59.90 and 3 kg in pounds',
    [
      tool('calculator', { expression: '(59.90 - 20%)' }),
      tool('unit_conversion', { value: 3, from: 'kg', to: 'pounds' }),
    ],
  ],
  ['What is the average of 4, 8 and 15?', [tool('calculator', { expression: 'mean(4, 8, 15)' })]],
  ['How many feet are in 10 metres?', [tool('unit_conversion', { value: 10, from: 'metres', to: 'feet' })]],
  [
    'how many days between 2026-01-01 and 2026-12-31',
    [tool('date_difference', { from: '2026-01-01', to: '2026-12-31' })],
  ],
  ['What weekday is 5 March 2027?', [tool('date_addition', { date: '2027-03-05', amount: 0, unit: 'days' })]],
  ['how many days until christmas', [tool('date_difference', { from: 'today', to: '2026-12-25' })]],
  ['What date is 90 days from today?', [tool('date_addition', { date: 'today', amount: 90, unit: 'days' })]],
  [
    'Remember that bread and butter are 3 and 4 euros',
    [{ kind: 'remember', text: 'bread and butter are 3 and 4 euros' }],
  ],
  ['What do you know about the server room?', [{ kind: 'recall', query: 'the server room' }]],
  ['What have I told you?', [{ kind: 'recall', query: '' }]],
  ['Run: [1, 2].map((n) => n * 2)', [{ kind: 'program', source: '[1, 2].map((n) => n * 2)' }]],
  [
    'How many words are in this text: one two three. Four five.',
    [tool('text_statistics', { text: 'one two three. Four five.' })],
  ],
];

for (const [task, actions] of decisions) {
  test(`decides for: ${task}`, () => assert.deepEqual(decided(task), actions));
}

test('a word of thanks beside a request is no request', () => {
  assert.deepEqual(decided('Hello! What is 2 + 2? Thank you'), [tool('calculator', { expression: '2 + 2' })]);
});

test('every task gets an action, whatever it holds', () => {
  for (const task of [
    '?',
    '...',
    '💡',
    'a'.repeat(20_000),
    '((((',
    'and and and',
    '1,2,3',
    '\u0000',
    '%%%',
    'of of of 3 of',
    '```',
  ]) {
    assert.ok(decided(task).length > 0, task.slice(0, 20));
  }
});

test('a summary takes sentences of the text, in their order', () => {
  const text =
    'The harbour was built in 1870. It was the first harbour on this coast, and ships came from everywhere. In the war it was destroyed. ' +
    'After the war the harbour was rebuilt, and the ships came back. Today it is a museum.';
  const chosen = summarise(text, 2);
  assert.equal(chosen.length, 2);
  for (const { index, sentence } of chosen) assert.equal(sentencesOf(text)[index], sentence);
  assert.ok((chosen[0]?.index ?? 0) < (chosen[1]?.index ?? 0));
  assert.equal(summarise(text, 50).length, 5);
  assert.deepEqual(summarise('', 3), []);
});

test('the local model writes about what it is asked, the same each time, and says who it is', async () => {
  const provider = trainLocalProvider();
  assert.deepEqual(provider.identity, { provider: 'local', model: 'local-ngram-v1' });
  const text = await provider.converse('tell me about the sea', []);
  assert.match(text, /sea/);
  assert.equal(await trainLocalProvider().converse('tell me about the sea', []), text);
  assert.notEqual(await provider.converse('tell me about bread', []), text);
});
