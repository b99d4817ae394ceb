import { readFileSync } from 'node:fs';
import { request as plain, Agent as PlainAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secure, Agent as SecureAgent } from 'node:https';
import type { Answer, Fetch } from './client.js';

/** How Node reaches a platform. */
export interface NodeOptions {
  /** PEM certificates to trust in place of those Node came with. */
  ca?: string | Buffer;
  /** The same from a file, such as `~/.oarlock/keys/ca.pem`. */
  caFile?: string;
  /** PEM client certificate and key, for the realm `Certificate`. */
  cert?: string | Buffer;
  key?: string | Buffer;
  /** A Unix-domain socket in place of the URL's host: `~/.oarlock/run/api.sock`. */
  socketPath?: string;
  /** Most connections at once; 64. */
  connections?: number;
}

const CONNECTIONS = 64;

/**
 * What sends a client's requests in Node: takes certificates, which the `fetch` that Node has does not without
 * another package, and starts faster.
 */
export function nodeFetch({ caFile, connections = CONNECTIONS, socketPath, ...tls }: NodeOptions = {}): Fetch {
  const ca = caFile === undefined ? tls.ca : readFileSync(caFile);
  const limits = { keepAlive: true, maxSockets: connections };
  let http: PlainAgent | undefined;
  let https: SecureAgent | undefined;
  return (url, { method, headers, body, signal }) => {
    const encrypted = url.startsWith('https:') && socketPath === undefined;
    const agent = encrypted ? (https ??= new SecureAgent({ ...limits, ...tls, ...(ca === undefined ? {} : { ca }) })) : (http ??= new PlainAgent(limits));
    const options: RequestOptions = { method, agent, signal, headers: { ...headers, 'Content-Length': Buffer.byteLength(body ?? '') } };
    if (body === undefined) options.headers = headers;
    if (socketPath !== undefined) options.socketPath = socketPath;
    return new Promise((resolve, reject) => {
      const send = encrypted ? secure : plain;
      const target = socketPath === undefined ? new URL(url) : new URL(url.replace(/^https:/, 'http:'));
      send(target, options, (message) => resolve(answer(message)))
        .on('error', (error) => reject(signal.aborted ? signal.reason : error))
        .end(body);
    });
  };
}

function answer(message: IncomingMessage): Answer {
  return {
    status: message.statusCode ?? 0,
    headers: { get: (name) => message.headers[name.toLowerCase()]?.toString() ?? null },
    body: message,
    async text() {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}
