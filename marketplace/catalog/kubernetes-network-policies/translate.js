// What Kubernetes says in NetworkPolicies, as policies and external networks of this platform.
// A pod is a processing unit whose tags are the pod's labels; those of its namespace are tags that begin with k8s-namespace:.

const ANY_NETWORK = { cidr: '0.0.0.0/0', except: [] };
const UNIT = '$type=processingunit';

/** Something that cannot be said here. What is not understood allows nothing. */
class NotSaid extends Error {}

// What a tag expression can hold.
const LINES_MAX = 64;

function few(found) {
  if (found.length > LINES_MAX) throw new NotSaid(`it has more than ${LINES_MAX} alternatives`);
  return found;
}

// Lines are alternatives, each of terms that all hold.
function lines(selector, base, prefix) {
  let found = [[...base, ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => term(prefix, key, value))]];
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const all = alternatives(operator, prefix, key, values);
    found = found.flatMap((line) => all.map((more) => [...line, ...more]));
  }
  return few(found);
}

function term(prefix, key, value) {
  if (value === '' || value === null || value === undefined) throw new NotSaid(`the label ${key} is empty, which no tag can be`);
  if (String(value).endsWith('*')) throw new NotSaid(`the label ${key} ends with a star`);
  return `${prefix}${key}=${value}`;
}

function alternatives(operator, prefix, key, values) {
  const terms = values.map((value) => term(prefix, key, value));
  switch (operator) {
    case 'In': return terms.map((each) => [each]);
    case 'NotIn': return [terms.map((each) => `!${each}`)];
    case 'Exists': return [[`${prefix}${key}`]];
    case 'DoesNotExist': return [[`!${prefix}${key}`]];
    default: throw new NotSaid(`there is no operator ${operator}`);
  }
}

function ports(list = []) {
  return list.map(({ protocol = 'TCP', port, endPort }) => {
    const name = protocol.toLowerCase();
    if (name !== 'tcp' && name !== 'udp') throw new NotSaid(`ports of ${protocol} cannot be told apart`);
    if (port === undefined || port === null) return `${name}/1:65535`;
    if (!Number.isInteger(port)) throw new NotSaid(`the port ${port} is a name; write its number`);
    return endPort === undefined ? `${name}/${port}` : `${name}/${port}:${endPort}`;
  });
}

/** Translates; `left` says what was left out, and why. */
export class Translation {
  constructor(installation, namespace) {
    Object.assign(this, { installation, namespace, policies: [], networks: new Map(), left: [] });
  }

  network({ cidr, except = [] }) {
    const entries = cidr === ANY_NETWORK.cidr && except.length === 0 ? [cidr, '::/0'] : [cidr, ...except.map((each) => `!${each}`)];
    const name = `${this.installation}-${entries.join('_').replaceAll(/[/:.!]/g, '-')}`;
    if (name.length > 200) throw new NotSaid(`the block ${cidr} has too many exceptions`);
    const tag = `k8s-block=${name}`;
    this.networks.set(name, { name, entries, associatedTags: [tag] });
    return ['$type=externalnetwork', tag];
  }

  peer({ podSelector, namespaceSelector, ipBlock }) {
    if (ipBlock) return [this.network(ipBlock)];
    const place = namespaceSelector ? lines(namespaceSelector, [UNIT], 'k8s-namespace:') : [[UNIT, `$namespace=${this.namespace}`]];
    return place.flatMap((base) => lines(podSelector ?? {}, base, ''));
  }

  peers(list) {
    return list?.length ? few(list.flatMap((each) => this.peer(each))) : [[UNIT], this.network(ANY_NETWORK)];
  }

  /** Isolates what a policy selects in one direction, and allows what its rules say. */
  direction(name, pods, direction, rules, end) {
    const isIn = direction === 'ingress';
    const made = (suffix, peers, more) => this.policies.push({
      name: `${this.installation}-${name}-${direction}-${suffix}`,
      [isIn ? 'subject' : 'object']: peers,
      [isIn ? 'object' : 'subject']: pods,
      applyPolicyMode: isIn ? 'IncomingTraffic' : 'OutgoingTraffic',
      ports: [],
      fallback: false,
      ...more,
    });
    made('isolated', [[UNIT], ['$type=externalnetwork'], this.network(ANY_NETWORK)], { action: 'Reject', fallback: true });
    rules.forEach((rule, index) => {
      try {
        made(index, this.peers(rule[end]), { action: 'Allow', ports: ports(rule.ports) });
      } catch (error) {
        this.leave(`${name}, ${direction} rule ${index}`, error);
      }
    });
  }

  leave(what, error) {
    if (!(error instanceof NotSaid)) throw error;
    this.left.push(`${what}: ${error.message}`);
  }

  add({ apiVersion, metadata, spec = {} }) {
    const { name } = metadata;
    try {
      if (apiVersion !== 'networking.k8s.io/v1') throw new NotSaid(`${apiVersion} is not read here`);
      const pods = lines(spec.podSelector ?? {}, [UNIT, `$namespace=${this.namespace}`], '');
      const types = spec.policyTypes ?? ['Ingress', ...(spec.egress ? ['Egress'] : [])];
      if (types.includes('Ingress')) this.direction(name, pods, 'ingress', spec.ingress ?? [], 'from');
      if (types.includes('Egress')) this.direction(name, pods, 'egress', spec.egress ?? [], 'to');
    } catch (error) {
      this.leave(name, error);
    }
  }
}
