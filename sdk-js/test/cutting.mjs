// A way to the platform that can be cut, held up, or made to lose answers: what networks do.
import { connect, createServer, Socket } from 'node:net';
import { platform } from './platform.mjs';

export async function openRoad() {
  const sockets = new Set();
  let closed = false;
  const server = createServer((near) => {
    if (closed) return near.destroy();
    const far = connect(Number(new URL(platform.url).port), 'localhost');
    join(near, far);
    join(far, near);
  });
  const join = (/** @type {Socket} */ one, /** @type {Socket} */ other) => {
    sockets.add(one);
    one.on('error', () => other.destroy()).on('close', () => sockets.delete(one) && other.destroy());
    one.pipe(other);
  };
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `https://localhost:${port}`,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    /** @param {boolean} now */
    block(now) {
      closed = now;
      if (now) this.cut();
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
