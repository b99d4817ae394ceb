// A platform of its own for whoever asks: started by the launcher in a scratch home, stopped when done.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../oarlock', import.meta.url));

/** Options are those of `oarlock up`; the first start builds what is missing. */
export async function startPlatform(...options) {
  const home = mkdtempSync(join(tmpdir(), 'oarlock-sdk-'));
  const server = spawn(launcher, ['up', '--port', '0', '--json', ...options], {
    env: { ...process.env, OARLOCK_HOME: home, OARLOCK_AOT: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const ready = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    server.once('exit', (code) => reject(new Error(`the platform ended with ${code} before it was ready`)));
  });
  return {
    home,
    ...ready,
    async stop() {
      server.kill('SIGTERM');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
