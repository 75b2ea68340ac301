import { createConnection } from 'node:net';

/**
 * Opens a TCP connection, sends text and collects the answer: enough of a handshake to see that a server really
 * answers. Bytes of a binary protocol are Latin-1 characters, in both directions. Never throws: an empty answer means that nobody listened.
 * @param enough says when the answer is complete; the connection is then closed
 * @param timeout milliseconds
 */
export async function converse(
  address: { host: string; port: number },
  text: string,
  enough: (answer: string) => boolean,
  timeout = 2000,
): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = createConnection(address);
    const settle = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeout, settle);
    socket.on('error', settle);
    socket.on('close', settle);
    socket.on('connect', () => socket.write(text, 'latin1'));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (enough(answer)) settle();
    });
  });
}
