import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFiles } from '../../src/host/watch.ts';

test('a change right after ready is seen, also with a missing path among those watched, whose coming is seen too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-watch-'));
  const [source, other] = [join(folder, 'source'), join(folder, 'other')];
  await mkdir(join(source, 'deep'), { recursive: true });
  await mkdir(other);
  await writeFile(join(source, 'deep/a.txt'), 'one');
  const seen = new Set<string>();
  const missing = [join(source, '.version'), join(other, 'lock')];
  const watcher = watchFiles({
    paths: [...missing, source],
    ignore: [],
    quiet: 5,
    onChange(paths) {
      for (const path of paths) seen.add(path);
    },
  });
  try {
    await watcher.ready;
    await writeFile(join(source, 'deep/a.txt'), 'two');
    await expect.poll(() => [...seen], { timeout: 10_000 }).toEqual([join(source, 'deep/a.txt')]);
    for (const path of missing) await writeFile(path, '1');
    await expect.poll(() => seen.size, { timeout: 10_000 }).toBe(3);
  } finally {
    await watcher.close();
    await rm(folder, { recursive: true });
  }
});
