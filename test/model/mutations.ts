/** A source of numbers that is the same for the same seed, so that a failing input can be made again. */
export type Random = (below: number) => number;

/** Mulberry32: small, and good enough to choose mutations. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Texts that have broken readers of YAML, or that mean something to JavaScript, a shell, a terminal. */
const hostile = [
  '__proto__: {polluted: true}',
  'constructor: {prototype: {polluted: true}}',
  '"\\u0000": 1',
  '&a [*a]',
  '&a {b: *a}',
  '*nowhere',
  '<<: *nowhere',
  '<<: [1, 2]',
  '? {a: b}\n: c',
  '!!js/function "return 1"',
  '!custom {a: 1}',
  '%YAML 9.9',
  '---',
  '...',
  '--- {a: 1}',
  '\t',
  '[',
  '{',
  ']',
  '}',
  '"',
  "'",
  '|2\n x',
  '>-\n',
  '${',
  '${a.b',
  '${${a.b}.c}',
  '$${x}',
  '${postgres.url}',
  '../../../etc/passwd',
  '\u001b[2J',
  '\u202egnp.exe',
  '😀',
  '1e999',
  '-0',
  '0x7fffffffffffffff',
  '99999999999999999999',
  '.nan',
  '.inf',
  '~',
  'null',
  'yes',
  '2026-01-01',
  'a'.repeat(3000),
  '[['.repeat(200),
  '- '.repeat(300),
  '{a: '.repeat(150),
  'extends: gantry.yaml',
  'extends: .',
  'extends: /dev/zero',
  'extends: [a, b, gantry.yaml]',
];

const characters = [
  '\n',
  ' ',
  ':',
  '-',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  "'",
  '"',
  '%',
  '@',
  '`',
  '{',
  '}',
  '[',
  ']',
  ',',
  '?',
  '\t',
  '\r',
  '0',
  'ä',
];

type Mutation = (lines: string[], random: Random) => string[];

const place = (lines: string[], random: Random): number => random(Math.max(1, lines.length));
const indentOf = (line: string | undefined): string => /^\s*/.exec(line ?? '')?.[0] ?? '';

const mutations: Mutation[] = [
  // A line is lost, written twice, moved, or set in otherwise.
  (lines, random) => lines.toSpliced(place(lines, random), 1),
  (lines, random) => lines.toSpliced(place(lines, random), random(5)),
  (lines, random) => {
    const at = place(lines, random);
    return lines.toSpliced(at, 0, lines[at] ?? '');
  },
  (lines, random) => {
    const [from, to] = [place(lines, random), place(lines, random)];
    return lines.with(from, lines[to] ?? '').with(to, lines[from] ?? '');
  },
  (lines, random) => {
    const at = place(lines, random);
    return lines.with(at, `${' '.repeat(random(9))}${(lines[at] ?? '').trimStart()}`);
  },
  // The values of two lines change places; so do a key and another.
  (lines, random) => {
    const [a, b] = [place(lines, random), place(lines, random)];
    const [keyA = '', ...valueA] = (lines[a] ?? '').split(':');
    const [keyB = '', ...valueB] = (lines[b] ?? '').split(':');
    return lines.with(a, [keyA, ...valueB].join(':')).with(b, [keyB, ...valueA].join(':'));
  },
  // A character is lost, doubled, changed, or put in.
  (lines, random) => {
    const at = place(lines, random);
    const line = lines[at] ?? '';
    const column = random(line.length + 1);
    return lines.with(at, line.slice(0, column) + line.slice(column + 1));
  },
  (lines, random) => {
    const at = place(lines, random);
    const line = lines[at] ?? '';
    const column = random(line.length + 1);
    return lines.with(at, line.slice(0, column) + (characters[random(characters.length)] ?? '') + line.slice(column));
  },
  (lines, random) => {
    const at = place(lines, random);
    const line = lines[at] ?? '';
    const column = random(line.length + 1);
    return lines.with(
      at,
      line.slice(0, column) + (characters[random(characters.length)] ?? '') + line.slice(column + 1),
    );
  },
  // Something hostile as a value, as a line, or in the middle of a word.
  (lines, random) => {
    const at = place(lines, random);
    const [key = ''] = (lines[at] ?? '').split(':');
    return lines.with(at, `${key}: ${hostile[random(hostile.length)]}`);
  },
  (lines, random) => {
    const at = place(lines, random);
    return lines.toSpliced(at, 0, indentOf(lines[at]) + (hostile[random(hostile.length)] ?? ''));
  },
  (lines, random) => {
    const at = place(lines, random);
    const line = lines[at] ?? '';
    const column = random(line.length + 1);
    return lines.with(at, line.slice(0, column) + (hostile[random(hostile.length)] ?? '') + line.slice(column));
  },
  // Anchors and aliases, also of aliases.
  (lines, random) => {
    const at = place(lines, random);
    return lines.with(at, (lines[at] ?? '').replace(/: ?/, `: &a${random(3)} `));
  },
  (lines, random) => {
    const at = place(lines, random);
    const [key = ''] = (lines[at] ?? '').split(':');
    return lines.with(at, `${key}: *a${random(3)}`);
  },
  // A value of another type.
  (lines, random) => {
    const at = place(lines, random);
    const [key = ''] = (lines[at] ?? '').split(':');
    const values = ['', ' 1', ' -1', ' 1.5', ' true', ' text', ' []', ' {}', ' [[]]', ' {a: {b: {}}}', ' null'];
    return lines.with(at, `${key}:${values[random(values.length)]}`);
  },
  // Half of the file.
  (lines, random) => lines.slice(0, place(lines, random)),
  (lines, random) => lines.slice(place(lines, random)),
];

/** A text with one to five things wrong with it. */
export function mutateText(text: string, random: Random): string {
  let lines = text.split('\n');
  for (let count = 1 + random(5); count > 0; count -= 1) {
    lines = mutations[random(mutations.length)]?.(lines.length > 0 ? lines : [''], random) ?? lines;
  }
  return lines.join('\n');
}

/** The text as bytes, some of them wrong: flipped bits, bytes that fit nowhere, NUL, a byte order mark. */
export function mutateBytes(text: string, random: Random): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) return bytes;
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(bytes.length);
    const choices = [(bytes[at] ?? 0) ^ (1 << random(8)), 0, 0xff, 0xc0, 0x80, 0xed, random(256)];
    bytes[at] = choices[random(choices.length)] ?? 0;
  }
  return random(8) === 0 ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]) : bytes;
}

type Container = Record<string, unknown> | unknown[];

/** Every map and list in a value, itself first. */
function containersOf(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containersOf)];
}

const slip = (word: string, random: Random): string => {
  const at = random(word.length + 1);
  const letter = 'abcdefghijklmnopqrstuvwxyz-_. '[random(30)] ?? '';
  const slips = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    word.toUpperCase(),
    word + word,
  ];
  return slips[random(slips.length)] ?? word;
};

/**
 * A model that is good YAML and wrong in itself: keys with slips, values lost, moved to where they do not belong, of
 * another type, references to other names.
 * @param donors models whose parts are put in
 */
export function mutateValue(model: unknown, donors: readonly unknown[], random: Random): unknown {
  const value = structuredClone(model);
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const containers = containersOf(value);
    const container = containers[random(containers.length)];
    if (!container) return value;
    const keys = Object.keys(container);
    const key = keys[random(keys.length)];
    if (key === undefined) continue;
    const holder = container as Record<string, unknown>;
    const old = holder[key];
    const others = containersOf(donors[random(donors.length)]).flatMap((each) => Object.values(each));
    const choices: (() => void)[] = [
      () => delete holder[key],
      () => {
        holder[slip(key, random)] = old;
        delete holder[key];
      },
      () => {
        holder[key] = structuredClone(others[random(others.length)]);
      },
      () => {
        holder[key] = typeof old === 'string' ? slip(old, random) : JSON.stringify(old);
      },
      () => {
        holder[key] = [null, '', 0, -1, true, [], {}, [old], { [key]: old }, 1e300, '${'][random(11)];
      },
      () => {
        holder[slip(key, random)] = structuredClone(old);
      },
    ];
    choices[random(choices.length)]?.();
  }
  return value;
}
