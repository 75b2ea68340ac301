import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Drives the page in a real browser. PLATFORM_URL is the page's address in a running system: `gantry
// open --print` tells it. Without it there is nothing to test, and that is a failure, not a skip.
const address = process.env['PLATFORM_URL'];
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const services = ['frontend', 'gateway', 'orchestration', 'vector', 'agent', 'model', 'tool', 'execution'];
const patienceMs = 60_000;

let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  if (!address) throw new Error('PLATFORM_URL is not set: give the address of the running page');
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  page.on('pageerror', (error) => problems.push(error.message));
  // The page must stand by itself: nothing is fetched from anywhere else.
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) problems.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
}, patienceMs * 2);

afterAll(() => browser?.close());

/** Hands in a task and waits for its own result, not for one that is still shown. */
async function give(prompt: string): Promise<string> {
  await page.getByLabel('Task', { exact: true }).fill(prompt);
  await page.getByRole('button', { name: 'Run task' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText(prompt, { exact: true }).waitFor();
  await page
    .getByRole('status')
    .getByText(/completed|failed/)
    .waitFor({ state: 'attached' });
  return (await result.getByTestId('answer').textContent()) ?? '';
}

describe('a task given in the page', () => {
  test(
    'comes back with the right answer',
    async () => {
      const answer = await give('What is 17% of 2,350, and how many days until 2099-01-01?');
      const today = new Date();
      const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
      const days = Math.round((Date.UTC(2099, 0, 1) - midnight) / 86_400_000);
      expect(answer).toContain('399.5');
      expect(answer).toContain(days.toLocaleString('en-US'));
    },
    patienceMs * 2,
  );

  test('passed through every service, each of which recorded its own part', async () => {
    const trace = page.getByRole('region', { name: 'Trace' });
    const recorded = new Set<string>();
    for (const hop of await trace.getByRole('listitem').all()) {
      if ((await hop.getAttribute('data-state')) === 'done')
        recorded.add((await hop.getAttribute('data-service')) ?? '');
    }
    expect([...recorded].sort()).toEqual([...services].sort());

    const stations = page.getByRole('list', { name: 'Services' }).getByRole('listitem');
    const states = await stations.evaluateAll((items) =>
      items.map((item) => [item.dataset['service'], item.dataset['state']]),
    );
    expect(states).toEqual(services.map((service) => [service, 'done']));
  });

  test('was confirmed in the sandbox', async () => {
    expect(await page.getByText(/^✓ Confirmed in the sandbox/).count()).toBe(2);
  });

  test('names the model that worded it', async () => {
    const provider = await page.getByTestId('provider').textContent();
    expect(['local', 'openai', 'anthropic']).toContain(provider);
    const model = await page.getByTestId('model').textContent();
    if (provider === 'local') expect(model).toBe('local-ngram-v1');
    else expect(model).not.toBe('');
  });
});

test(
  'what one task asks to remember, another one recalls, and a reload keeps the history',
  async () => {
    const word = `shelf ${Math.floor(Math.random() * 1e6)}`;
    await give(`Remember that the blue lantern stands on ${word}.`);
    expect(await give('What do you know about the blue lantern?')).toContain(word);

    await page.reload();
    const history = page.getByRole('navigation', { name: 'History' });
    await history.getByRole('button', { name: /blue lantern stands/ }).click();
    await page
      .getByRole('region', { name: 'Result' })
      .getByText(/Noted: “the blue lantern/)
      .waitFor();
  },
  patienceMs * 3,
);

test(
  'a task handed in before the first answer of the server keeps its session',
  async () => {
    // Another visitor, whose first request takes long: its answer comes after the task was taken.
    const context = await browser.newContext();
    const other = await context.newPage();
    other.setDefaultTimeout(patienceMs);
    let handedIn = () => {};
    const afterHandingIn = new Promise<void>((resolve) => {
      handedIn = resolve;
    });
    let first = true;
    await other.route('**/api/tasks', async (route) => {
      if (route.request().method() === 'POST') {
        const response = await route.fetch();
        handedIn();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return route.fulfill({ response });
      }
      if (!first) return route.continue();
      first = false;
      const answer = await fetch(route.request().url());
      await Promise.race([afterHandingIn, new Promise((resolve) => setTimeout(resolve, 5_000))]);
      return route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await answer.text(),
      });
    });
    await other.goto(address ?? '');
    await other.getByLabel('Task', { exact: true }).fill('What is 12 * 12?');
    await other.getByRole('button', { name: 'Run task' }).click();
    await other.getByTestId('answer').getByText('144').waitFor();
    await context.close();
  },
  patienceMs * 2,
);

test('the page had no error and asked nobody else for anything', () => {
  expect(problems).toEqual([]);
});
