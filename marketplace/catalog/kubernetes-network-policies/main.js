import { Translation } from './translate.js';
import { documents } from './yaml.js';

const POLICIES_MAX = 200;

async function manifest(ctx) {
  if (!ctx.params.url) {
    return ctx.params.manifest ?? '';
  }
  const reply = await ctx.fetch(ctx.params.url);
  if (!reply.ok) {
    throw new Error(`${ctx.params.url} answered ${reply.status}`);
  }
  return reply.text();
}

function networkPolicies(documents, wanted) {
  return documents
    .flatMap((each) => each?.items ?? [each])
    .filter((each) => each?.kind === 'NetworkPolicy')
    .filter((each) => !wanted || (each.metadata.namespace ?? 'default') === wanted);
}

// Lists of the platform are sets: their order says nothing.
function canonical(value) {
  return Array.isArray(value) ? JSON.stringify(value.map(canonical).sort()) : JSON.stringify(value);
}

function differs(have, want) {
  return Object.keys(want).some((name) => canonical(have[name]) !== canonical(want[name]));
}

class Sync {
  constructor(ctx, tag) {
    Object.assign(this, { ctx, tag, made: 0, changed: 0, removed: 0 });
  }

  before(type) {
    return this.ctx.api[type].list({ filter: `normalizedTags CONTAINS "${this.tag}"`, limit: 1000 });
  }

  async put(type, before, wanted) {
    const known = new Map(before.map((each) => [each.name, each]));
    for (const each of wanted) {
      const want = { ...each, associatedTags: [...(each.associatedTags ?? []), this.tag], protected: true };
      const have = known.get(each.name);
      if (!have) {
        await this.ctx.api[type].create(want);
        this.made++;
      } else if (differs(have, want)) {
        await this.ctx.api[type].update(have.id, want, { override: true });
        this.changed++;
      }
    }
  }

  async remove(type, before, wanted) {
    const names = new Set(wanted.map((each) => each.name));
    for (const each of before.filter((have) => !names.has(have.name))) {
      await this.ctx.api[type].remove(each.id, { override: true });
      this.removed++;
    }
  }
}

export default async function (ctx) {
  const { installation, remove, kubernetesNamespace } = ctx.params;
  const found = remove ? [] : networkPolicies(documents(await manifest(ctx)), kubernetesNamespace);
  const translation = new Translation(installation, ctx.run.namespace);
  found.forEach((each) => translation.add(each));
  const { policies, left } = translation;
  if (policies.length > POLICIES_MAX) {
    throw new Error(`It becomes ${policies.length} policies; at most ${POLICIES_MAX} are imported. Choose one namespace.`);
  }
  left.forEach((reason) => ctx.log.warn(`Left out: ${reason}`));
  const networks = [...translation.networks.values()];
  const sync = new Sync(ctx, `k8s-import=${installation}`);
  const policiesBefore = await sync.before('networkaccesspolicies');
  const networksBefore = await sync.before('externalnetworks');
  // Policies come after the networks they speak of, and go before them.
  await sync.put('externalnetworks', networksBefore, networks);
  await sync.put('networkaccesspolicies', policiesBefore, policies);
  await sync.remove('networkaccesspolicies', policiesBefore, policies);
  await sync.remove('externalnetworks', networksBefore, networks);
  const { made, changed, removed } = sync;
  return { networkPolicies: found.length, made, changed, removed, left };
}
