import type { Issue, IssueInput } from '@oarlock/types';

/** Exchanges a proof for a token, with the platform of the client that asks. */
export type Issuer = (proof: IssueInput) => Promise<Issue>;

/**
 * Where tokens come from. `refused` is a token that the platform did not take: the answer must be another one,
 * or the same when there is no other.
 */
export type Credentials = (issue: Issuer, refused?: string) => Promise<string>;

/** Part of a token's life after which it is renewed. */
const RENEW_AFTER = 0.8;

/** A token made elsewhere, or a function that gets one each time it is needed. */
export function token(source: string | (() => string | Promise<string>)): Credentials {
  return async () => (typeof source === 'string' ? source : source());
}

/**
 * A proof of identity, exchanged for a token that is renewed before it expires and when it is refused.
 *
 * @example proof({ realm: 'Account', metadata: { account: 'admin', password }, validity: 'PT1H' })
 */
export function proof(input: IssueInput): Credentials {
  let current: { token: string; renewAt: number } | undefined;
  let renewal: Promise<string> | undefined;

  async function renew(issue: Issuer): Promise<string> {
    const asked = Date.now();
    const issued = await issue(input);
    // By this machine's clock from when it was asked, since the platform's may differ.
    const life = lifetime(issued) ?? Infinity;
    current = { token: issued.token, renewAt: asked + life * RENEW_AFTER };
    return current.token;
  }

  return (issue, refused) => {
    if (current && current.token !== refused && Date.now() < current.renewAt) return Promise.resolve(current.token);
    renewal ??= renew(issue).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
}

function lifetime({ claims, expiresAt }: Issue): number | undefined {
  const { iat, exp } = claims;
  if (typeof iat === 'number' && typeof exp === 'number') return (exp - iat) * 1000;
  return expiresAt ? Date.parse(expiresAt) - Date.now() : undefined;
}

/** A local account's password; `otp` asks for the one-time code of an account that has it switched on. */
export function account(name: string, password: string, more: Partial<IssueInput> = {}): Credentials {
  return proof({ ...more, realm: 'Account', metadata: { ...more.metadata, account: name, password } });
}
