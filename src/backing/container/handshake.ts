import { converse } from '../../host/converse.ts';
import type { Values } from './server.ts';

/** First words of protocols, enough to see that the server itself answers and not only the engine's port. */

/** The greeting that a server of MySQL's protocol sends unasked: protocol 10. */
export const greetsAsMysql = async (values: Values): Promise<boolean> =>
  (await converse(values, '', (answer) => answer.length > 4))[4] === '\n';

/** Answers `hello`, the one command that MongoDB takes before a login. */
export async function answersAsMongodb(values: Values): Promise<boolean> {
  const document = [
    ...[0x10, ...text('hello'), ...whole(1)],
    ...[0x02, ...text('$db'), ...whole(6), ...text('admin')],
    0,
  ];
  const body = [...whole(0), 0, ...whole(document.length + 4), ...document];
  // Length, request id, answer to, and the code of OP_MSG.
  const message = [...whole(body.length + 16), ...whole(1), ...whole(0), ...whole(2013), ...body];
  const answer = await converse(values, String.fromCharCode(...message), (text) => text.includes('maxWireVersion'));
  return answer.includes('maxWireVersion');
}

/** Answers the header of AMQP 0-9-1 with the beginning of a connection. */
export const answersAsAmqp = async (values: Values): Promise<boolean> =>
  (await converse(values, 'AMQP\0\0\t\x01', (answer) => answer.includes('capabilities'))).includes('capabilities');

/** Answers which versions of its requests it knows. */
export async function answersAsKafka(values: Values): Promise<boolean> {
  // Length 10; request 18 (ApiVersions) version 0; number 1; no name.
  const answer = await converse(values, '\0\0\0\n\0\x12\0\0\0\0\0\x01\xff\xff', (text) => text.length >= 8);
  return answer.slice(4, 8) === '\0\0\0\x01';
}

/** Answers a path with a status of 200. @param login `user:password` */
export async function answersOverHttp(values: Values, path: string, login?: string): Promise<boolean> {
  const authorization = login ? `authorization: Basic ${Buffer.from(login).toString('base64')}\r\n` : '';
  const request = `GET ${path} HTTP/1.1\r\nhost: ${values.host}\r\n${authorization}connection: close\r\n\r\n`;
  return /^HTTP\/1\.[01] 200/.test(await converse(values, request, (answer) => answer.includes('\r\n\r\n')));
}

const text = (value: string): number[] => [...Buffer.from(value, 'latin1'), 0];

/** Four bytes, the least significant first. */
const whole = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
