// A server of a few lines stands for the platform where it is to fail on purpose.
import { createServer } from 'node:http';

/**
 * Answers one request after the other as told.
 *
 * @param {import('node:test').TestContext} t
 * @param {Array<{ status?: number, lost?: boolean, headers?: Record<string, string>, code?: string, text?: string, body?: unknown }>} answers
 */
export async function acting(t, answers) {
  const rest = [...answers];
  /** @type {Array<{ headers: import('node:http').IncomingHttpHeaders, at: number }>} */
  const asked = [];
  const server = createServer((request, response) => {
    const { status = 200, lost, headers, code = 'busy', text, body = { id: '1' } } = rest.shift() ?? {};
    asked.push({ headers: request.headers, at: Date.now() });
    request.resume();
    if (lost) return request.socket.destroy();
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(text ?? JSON.stringify(status < 300 ? body : { code, title: 'T', detail: 'D', errors: [] }));
  });
  await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://localhost:${port}`, asked };
}
