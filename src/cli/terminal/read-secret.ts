/**
 * A value that nobody may see: typed on the terminal without echo, or all of standard input up to its last line end.
 * @returns the value; empty when ctrl-C or ctrl-D came instead
 */
export async function readSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stdin.setEncoding('utf8');
  if (!stdin.isTTY) {
    let text = '';
    for await (const part of stdin) text += part;
    return text.replace(/\r?\n$/, '');
  }
  stderr.write(question);
  stdin.setRawMode(true);
  try {
    return await typed(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

/** Collects characters until Enter. */
function typed(stdin: NodeJS.ReadStream): Promise<string> {
  let value = '';
  return new Promise((resolve) => {
    const end = (result: string) => {
      stdin.off('data', read);
      resolve(result);
    };
    const read = (part: string | Buffer) => {
      for (const character of String(part)) {
        if (character === '\r' || character === '\n') return end(value);
        if (character === '\x03' || character === '\x04') return end('');
        if (character === '\x7f' || character === '\b') value = [...value].slice(0, -1).join('');
        else value += character;
      }
    };
    stdin.on('data', read);
  });
}
