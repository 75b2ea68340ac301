/**
 * Runs code of the user's, such as a gantry.config.ts, with its standard output turned to standard error: ours carries
 * results that programs read, and a stray `console.log` must not end up among them.
 */
export async function withOutputAside<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
