import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { account, connect, token, type Oarlock } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';
import { ProjectError } from './project.js';

/**
 * The platform named by OARLOCK_URL and OARLOCK_TOKEN, with OARLOCK_CA_FILE when its certificate is its own; without
 * them the one that runs on this machine, in OARLOCK_HOME.
 */
export function connection(namespace: string | undefined, environment: NodeJS.ProcessEnv = process.env): Oarlock {
  const place = environment['OARLOCK_NAMESPACE'] ?? namespace;
  if (place === undefined) throw new ProjectError('Which namespace? Say --namespace /acme, set OARLOCK_NAMESPACE, or "oarlock": {"namespace": …} in package.json');
  const { OARLOCK_URL: url, OARLOCK_TOKEN: given, OARLOCK_CA_FILE: caFile } = environment;
  if (url !== undefined && given !== undefined) {
    return connect({ url, namespace: place, credentials: token(given), fetch: nodeFetch(caFile === undefined ? {} : { caFile }) });
  }
  const home = environment['OARLOCK_HOME'] ?? join(homedir(), '.oarlock');
  const file = join(home, 'run', 'server.json');
  if (!existsSync(file)) throw new ProjectError(`No platform runs in ${home}. Start one with \`oarlock up\`, or set OARLOCK_URL and OARLOCK_TOKEN`);
  const running = JSON.parse(readFileSync(file, 'utf8'));
  const password = readFileSync(running.passwordFile, 'utf8').trim();
  return connect({ url: running.url, namespace: place, credentials: account(running.adminUser, password), fetch: nodeFetch({ caFile: running.caFile }) });
}
