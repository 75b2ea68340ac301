import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Finding } from '../../packages/service/src/contracts.ts';
import { withProvider } from '../../services/model/src/choose.ts';
import { anthropicProvider } from '../../services/model/src/providers/anthropic.ts';
import { trainLocalProvider } from '../../services/model/src/providers/local.ts';
import { openaiProvider } from '../../services/model/src/providers/openai.ts';

// Stands in for the hosted APIs: keeps what was sent, answers what the test says.
let server: Server;
let address: string;
let sent: { path: string; headers: Record<string, unknown>; body: Record<string, unknown> };
let answer: { status: number; body: unknown };

before(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    sent = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as Record<string, unknown> };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => new Promise((resolve) => server.close(resolve)));

const calculator = { name: 'calculator', description: 'calculates', parameters: { type: 'object', properties: {} } };
const hiddenTool = { name: 'notes_write', description: 'keeps', parameters: { type: 'object' } };
const request = { task: 'what is 2 + 2', tools: [calculator, hiddenTool], memories: [], findings: [] };
const found: Finding[] = [
  { action: { kind: 'tool', tool: 'calculator', arguments: {}, reason: '' }, output: { value: 4 } },
];

test("OpenAI's tool calls become actions", async () => {
  answer = {
    status: 200,
    body: {
      choices: [
        {
          message: {
            role: 'assistant',
            tool_calls: [
              { id: '1', type: 'function', function: { name: 'calculator', arguments: '{"expression":"2 + 2"}' } },
              { id: '2', type: 'function', function: { name: 'remember', arguments: '{"text":"likes sums"}' } },
            ],
          },
        },
      ],
    },
  };
  const { actions, done } = await openaiProvider('key-for-a-test', 'some-model', `${address}/v1`).decide(request);
  assert.deepEqual(
    actions.map(({ reason: _reason, ...action }) => action),
    [
      { kind: 'tool', tool: 'calculator', arguments: { expression: '2 + 2' } },
      { kind: 'remember', text: 'likes sums' },
    ],
  );
  assert.equal(done, false);
  assert.equal(sent.path, '/v1/chat/completions');
  assert.equal(sent.headers['authorization'], 'Bearer key-for-a-test');
  const names = (sent.body['tools'] as { function: { name: string } }[]).map((tool) => tool.function.name);
  assert.deepEqual(names, ['calculator', 'summarise', 'run_program', 'remember', 'recall']);
});

test('OpenAI words the answer when nothing is left to do', async () => {
  answer = { status: 200, body: { choices: [{ message: { role: 'assistant', content: ' It is 4. ' } }] } };
  const provider = openaiProvider('key-for-a-test', 'some-model', `${address}/v1`);
  assert.deepEqual(await provider.decide({ ...request, findings: found }), { actions: [], done: true });
  assert.equal(await provider.answer(request.task, found, []), 'It is 4.');
  assert.match(JSON.stringify(sent.body['messages']), /\\"value\\":4/);
});

test("Anthropic's tool calls become actions, its text the answer", async () => {
  const provider = anthropicProvider('key-for-a-test', 'some-model', address);
  answer = {
    status: 200,
    body: {
      type: 'message',
      content: [{ type: 'tool_use', id: '1', name: 'run_program', input: { source: '1 + 1' } }],
    },
  };
  const { actions } = await provider.decide(request);
  assert.deepEqual(actions, [{ kind: 'program', source: '1 + 1', reason: 'chosen by the model' }]);
  assert.equal(sent.path, '/v1/messages');
  assert.equal(sent.headers['authorization'], 'Bearer key-for-a-test');
  answer = { status: 200, body: { type: 'message', content: [{ type: 'text', text: 'It is 4.' }] } };
  assert.equal(await provider.answer(request.task, found, []), 'It is 4.');
});

test('a hosted model that refuses is replaced, and the answer says by whom', async () => {
  answer = { status: 401, body: { error: { message: 'no such key' } } };
  const providers = { local: trainLocalProvider(), openai: openaiProvider('wrong', 'some-model', `${address}/v1`) };
  const { result, identity } = await withProvider(providers, undefined, (provider) => provider.decide(request));
  assert.equal(result.actions[0]?.kind, 'tool');
  assert.deepEqual(identity, {
    provider: 'local',
    model: 'local-ngram-v1',
    note: 'openai did not answer (401); the local model did',
  });
});
