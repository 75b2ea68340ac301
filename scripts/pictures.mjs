/**
 * `node scripts/pictures.mjs`: makes the pictures of the README anew, from the real program. Brings the multi-agent
 * platform up in a terminal (tmux), gives the page a task, and photographs both. Needs chromium and tmux.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, install, root } from './install.mjs';

install();
build();
const example = join(root, 'examples', 'multi-agent-platform');
const cli = join(root, 'dist', 'cli.js');
const images = join(root, 'docs', 'images');
const columns = 108;
const tmux = (...args) => execFileSync('tmux', ['-L', 'gantry-pictures', ...args], { encoding: 'utf8' });
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The terminal's text with its colours as HTML; only what Gantry prints: SGR 0, 1, 2, 22, 30-37, 39, 90-97. */
function toHtml(text) {
  const palette = {
    30: '#484f58',
    31: '#ff7b72',
    32: '#7ee787',
    33: '#e3b341',
    34: '#79c0ff',
    35: '#d2a8ff',
    36: '#56d4dd',
    37: '#c9d1d9',
    90: '#6e7681',
  };
  let style = {};
  return (
    text
      .replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;'))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .split(/\x1b\[([0-9;]*)m/)
      .map((part, index) => {
        if (index % 2 === 0)
          return (
            part &&
            `<span style="${style.color ? `color:${style.color};` : ''}${style.bold ? 'font-weight:600;' : ''}${style.dim ? 'opacity:.6;' : ''}">${part}</span>`
          );
        for (const code of part.split(';').map(Number)) {
          if (code === 0) style = {};
          else if (code === 1) style.bold = true;
          else if (code === 2) style.dim = true;
          else if (code === 22) style = { color: style.color };
          else if (code === 39) style.color = undefined;
          else if (code >= 30) style.color = palette[code >= 91 ? code - 60 : code];
        }
        return '';
      })
      .join('')
  );
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
});
try {
  mkdirSync(images, { recursive: true });
  tmux('new-session', '-d', '-x', String(columns), '-y', '36', `node ${cli} --dir ${example} up`);
  let screen = '';
  for (const until = Date.now() + 300_000; !/ready in/.test(screen); screen = tmux('capture-pane', '-p')) {
    if (Date.now() > until) throw new Error(`the system is not ready:\n${screen}`);
    await pause(500);
  }
  const address = execFileSync('node', [cli, '--dir', example, 'open', 'web', '--print'], { encoding: 'utf8' }).trim();

  const page = await browser.newPage({ viewport: { width: 1180, height: 860 } });
  await page.goto(address);
  const task = page.getByRole('textbox').first();
  for (const text of [
    'Remember that the launch review is on Friday at 15:00',
    'What is 17% of 2,350, and how many days until 2027-01-01?',
  ]) {
    await task.fill(text);
    await page.getByRole('button', { name: /run task/i }).click();
    await page.getByRole('heading', { name: /trace/i }).waitFor();
    await pause(4000);
  }
  await page.screenshot({ path: join(images, 'page.png') });

  const terminal = await browser.newPage({ viewport: { width: 980, height: 400 }, deviceScaleFactor: 1.5 });
  await terminal.setContent(
    `<body style="margin:0;background:#0d1117;display:inline-block"><pre style="margin:0;padding:18px 20px;font:13px/1.35 'DejaVu Sans Mono',monospace;color:#c9d1d9">${toHtml(tmux('capture-pane', '-p', '-e').trimEnd())}</pre></body>`,
  );
  await terminal.locator('pre').screenshot({ path: join(images, 'terminal.png') });
} finally {
  await browser.close();
  tmux('send-keys', 'q');
  await pause(6000);
  try {
    tmux('kill-server');
  } catch {
    // It ended with its only window.
  }
}
