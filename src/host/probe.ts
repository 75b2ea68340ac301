import { request as requestHttp } from 'node:http';
import { connect } from 'node:net';

/** What a probe saw: undefined when all is well, otherwise why not, in words. */
export type ProbeAnswer = string | undefined;

export interface ProbeTarget {
  host: string;
  port: number;
  /** Milliseconds. */
  timeout: number;
}

/** Asks for a path; a status of 200 to 399 is well, as Kubernetes has it. Redirects are not followed. */
export function probeHttp(target: ProbeTarget, path: string): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const outgoing = requestHttp(
      { host: target.host, port: target.port, path, agent: false, headers: { 'user-agent': 'gantry-probe' } },
      (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        resolve(status >= 200 && status < 400 ? undefined : `${path} answers ${status}`);
      },
    );
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${target.timeout} ms`)),
      target.timeout,
    );
    outgoing.once('close', () => clearTimeout(timer));
    outgoing.once('error', (error: NodeJS.ErrnoException) => resolve(explain(error, target)));
    outgoing.end();
  });
}

/** Whether the port accepts a connection. */
export function probeTcp(target: ProbeTarget): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port });
    const settle = (answer: ProbeAnswer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(target.timeout, () => settle(`port ${target.port} does not answer`));
    socket.once('connect', () => settle(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(explain(error, target)));
  });
}

/**
 * The gRPC health checking protocol (grpc.health.v1.Health/Check) over HTTP/2 without TLS. One unary call with one string
 * field is all it takes, so no gRPC library is loaded into the supervisor for it.
 * @param service empty for the server as a whole
 */
export async function probeGrpc(target: ProbeTarget, service = ''): Promise<ProbeAnswer> {
  const { connect: connectHttp2 } = await import('node:http2');
  return new Promise((resolve) => {
    const session = connectHttp2(`http://${target.host}:${target.port}`);
    const settle = (answer: ProbeAnswer) => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle(`no gRPC answer within ${target.timeout} ms`), target.timeout);
    session.once('error', (error: NodeJS.ErrnoException) => settle(explain(error, target)));
    const call = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    let status = '0';
    const readStatus = (headers: Record<string, unknown>) => {
      if (headers['grpc-status'] !== undefined) status = String(headers['grpc-status']);
    };
    call.on('response', readStatus);
    call.on('trailers', readStatus);
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.once('error', (error: NodeJS.ErrnoException) => settle(explain(error, target)));
    call.once('end', () => {
      if (status === '12') return settle('the server does not offer grpc.health.v1.Health');
      if (status !== '0') return settle(`the health check fails with gRPC status ${status}`);
      const serving = servingStatus(Buffer.concat(chunks));
      settle(serving === 1 ? undefined : `the health check says ${servingNames[serving] ?? serving}`);
    });
    call.end(healthRequest(service));
  });
}

const servingNames = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

/** HealthCheckRequest { string service = 1 } behind the five bytes of a gRPC message: not compressed, length. */
function healthRequest(service: string): Buffer {
  const name = Buffer.from(service, 'utf8').subarray(0, 127);
  const message = name.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** HealthCheckResponse { ServingStatus status = 1 }: a field of its default value, 0, is left out on the wire. */
const servingStatus = (frame: Buffer): number => (frame[5] === 0x08 ? (frame[6] ?? 0) : 0);

/** HTTP/2 tells of a refused connection only as the cause of a stream that was given up. */
const explain = (error: NodeJS.ErrnoException, target: ProbeTarget): string => {
  const cause = (error.cause ?? error) as NodeJS.ErrnoException;
  return cause.code === 'ECONNREFUSED' ? `nothing listens on port ${target.port} yet` : cause.message;
};
