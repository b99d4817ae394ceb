// The platform that `npm test` has started, and what tests do with it.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { account, ConflictError, connect } from '@oarlock/client';
import { nodeFetch } from '@oarlock/client/node';

/** For a machine that has much else to do. */
const PATIENCE_MILLIS = 90_000;

const given = process.env.OARLOCK_TEST_PLATFORM;
if (!given) throw new Error('run these by `npm test`, which starts a platform for them');

/** @type {{url: string, adminUser: string, passwordFile: string, caFile: string, socket: string, home: string, page: number}} */
export const platform = JSON.parse(given);
export const password = readFileSync(platform.passwordFile, 'utf8').trim();
export const trusting = nodeFetch({ caFile: platform.caFile });

/** @param {Partial<import('@oarlock/client').ClientOptions>} [options] */
export const admin = (options) =>
  connect({ url: platform.url, credentials: account('admin', password), fetch: trusting, ...options });

const TENANT = 'sdk';

/** A client of a new namespace, which no other test touches; all of one tenant, since each has worker processes of its own. */
export async function newNamespace() {
  const oarlock = admin({ namespace: '/' });
  await oarlock.namespaces.create({ name: TENANT }).catch((error) => {
    if (!(error instanceof ConflictError)) throw error;
  });
  const { name } = await oarlock.in(`/${TENANT}`).namespaces.create({ name: `t-${randomUUID()}` });
  return oarlock.in(name);
}

/**
 * Waits until the tenant has a worker: runs are lost, and hooks not answered, when a first one takes too long to
 * start on a machine that has much else to do.
 *
 * @param {import('@oarlock/client').Oarlock} oarlock
 */
export async function warm({ automations }) {
  const made = await automations.create({ name: 'warm', trigger: { kind: 'OnCall' }, source: 'export default () => 1' });
  await until(async () => /** @type {any} */ (await automations.test(made, {})).status === 'Succeeded');
  await automations.remove(made);
}

/** @param {() => unknown} condition */
export async function until(condition) {
  const end = Date.now() + PATIENCE_MILLIS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`it never came true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
