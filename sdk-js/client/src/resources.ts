// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { AppcredentialRenewInput, AppcredentialRenewOutput, AutomationCalltokensInput, AutomationCalltokensOutput, AutomationPreviewInput, AutomationPreviewOutput, AutomationRollbackInput, AutomationRunInput, AutomationRunOutput, AutomationTestInput, EnforcerFlowsInput, EnforcerFlowsOutput, EnforcerPolicysetOutput, EventforwarderRewindInput, HookpolicyRevalidateOutput, HookpolicyRotateInput, HookpolicyRotateOutput, RunRedriveOutput } from '@oarlock/types';
import type { CallOptions, Client } from './client.js';
import { act, Resource, type Reference, type Verbs } from './resource.js';

/** One version of an app, published in the namespace for installation there. */
export const apps = (client: Client): Verbs<'app'> => new Resource(client, 'app', 'apps');

/**
 * An app in the namespace, with what it made. Creating it installs, changing it upgrades, deleting it removes
 * exactly what was made; a dry run of any of these is a plan.
 */
export const installations = (client: Client): Verbs<'installation'> => new Resource(client, 'installation', 'installations');

/** A publisher whose apps are taken in the namespace; where there is none, no app is. */
export const publisherkeies = (client: Client): Verbs<'publisherkey'> => new Resource(client, 'publisherkey', 'publisherkeies');

/**
 * A node of the tenant tree. Every resource lives in exactly one; deleting a namespace deletes everything in
 * and below it.
 */
export const namespaces = (client: Client): Verbs<'namespace'> => new Resource(client, 'namespace', 'namespaces');

/**
 * Moves new processing units into a child namespace by their tags; looked at again in each namespace reached,
 * until none matches.
 */
export const namespacemappingpolicies = (client: Client): Verbs<'namespacemappingpolicy'> => new Resource(client, 'namespacemappingpolicy', 'namespacemappingpolicies');

/** Caps how many resources of some types may exist in and below a namespace. It always propagates. */
export const quotapolicies = (client: Client): Verbs<'quotapolicy'> => new Resource(client, 'quotapolicy', 'quotapolicies');

/** Who changed what, or was refused to: the audit trail. */
export const activities = (client: Client): Verbs<'activity'> => new Resource(client, 'activity', 'activities');

/** What a {@link alarms} can do beside the common verbs. */
export interface AlarmActions {
  /** Says that somebody looks after it. */
  acknowledge(id: Reference, options?: CallOptions): Promise<unknown>;
  /** Says that it is over; the same again is a new alarm. */
  resolve(id: Reference, options?: CallOptions): Promise<unknown>;
}

/**
 * Something that wants somebody's attention until it is resolved. The same kind and content again adds an
 * occurrence instead of a second alarm.
 */
export const alarms = (client: Client): Verbs<'alarm'> & AlarmActions =>
  Object.assign(new Resource(client, 'alarm', 'alarms'), {
      acknowledge: (id, options) => act<unknown>(client, 'alarms', id, 'acknowledge', 'POST', undefined, options),
      resolve: (id, options) => act<unknown>(client, 'alarms', id, 'resolve', 'POST', undefined, options),
    } satisfies AlarmActions);

/** What a {@link automations} can do beside the common verbs. */
export interface AutomationActions {
  /** Makes a URL that runs the automation when somebody posts to it; the URL is shown once. */
  calltokens(id: Reference, input?: AutomationCalltokensInput, options?: CallOptions): Promise<AutomationCalltokensOutput>;
  /**
   * Runs the automation with a sample event or payload; a dry run captures its side effects instead of having
   * them.
   */
  test(id: Reference, input?: AutomationTestInput, options?: CallOptions): Promise<unknown>;
  /** Runs the automation now, with a payload. */
  run(id: Reference, input?: AutomationRunInput, options?: CallOptions): Promise<AutomationRunOutput>;
  /** Lists the saved versions, newest first. */
  versions(id: Reference, options?: CallOptions): Promise<unknown>;
  /** Makes a saved version the current one again, as a new version. */
  rollback(id: Reference, input: AutomationRollbackInput, options?: CallOptions): Promise<unknown>;
  /** Shows when a schedule would fire next, without saving it. */
  preview(input: AutomationPreviewInput, options?: CallOptions): Promise<AutomationPreviewOutput>;
}

/**
 * A script of yours that runs when something happens: on an event, at times, when called from outside, or to
 * answer a hook.
 */
export const automations = (client: Client): Verbs<'automation'> & AutomationActions =>
  Object.assign(new Resource(client, 'automation', 'automations'), {
      calltokens: (id, input, options) => act<AutomationCalltokensOutput>(client, 'automations', id, 'calltokens', 'POST', input, options),
      test: (id, input, options) => act<unknown>(client, 'automations', id, 'test', 'POST', input, options),
      run: (id, input, options) => act<AutomationRunOutput>(client, 'automations', id, 'run', 'POST', input, options),
      versions: (id, options) => act<unknown>(client, 'automations', id, 'versions', 'GET', undefined, options),
      rollback: (id, input, options) => act<unknown>(client, 'automations', id, 'rollback', 'POST', input, options),
      preview: (input, options) => act<AutomationPreviewOutput>(client, 'automations', undefined, 'preview', 'POST', input, options),
    } satisfies AutomationActions);

/** A condition or an action to build automations from. */
export const automationtemplates = (client: Client): Verbs<'automationtemplate'> => new Resource(client, 'automationtemplate', 'automationtemplates');

/** A saved version of an automation. Runs that go on finish on theirs. */
export const automationversions = (client: Client): Verbs<'automationversion'> => new Resource(client, 'automationversion', 'automationversions');

/** A URL that runs an automation, without the URL itself. Deleting it makes the URL useless. */
export const calltokens = (client: Client): Verbs<'calltoken'> => new Resource(client, 'calltoken', 'calltokens');

/** What a {@link deliveries} can do beside the common verbs. */
export interface DeliveryActions {
  /** Sends a message that was given up again, with its attempts counted anew. */
  redrive(id: Reference, options?: CallOptions): Promise<unknown>;
  /**
   * Sends a message again that was delivered or given up, under the same id: a receiver that remembers ids
   * takes it once.
   */
  replay(id: Reference, options?: CallOptions): Promise<unknown>;
}

/** One message to an endpoint of a hook or a forwarder, with each attempt to deliver it. */
export const deliveries = (client: Client): Verbs<'delivery'> & DeliveryActions =>
  Object.assign(new Resource(client, 'delivery', 'deliveries'), {
      redrive: (id, options) => act<unknown>(client, 'deliveries', id, 'redrive', 'POST', undefined, options),
      replay: (id, options) => act<unknown>(client, 'deliveries', id, 'replay', 'POST', undefined, options),
    } satisfies DeliveryActions);

/**
 * Lets hooks, forwarders and scripts of the namespace reach destinations that the outbound guard refuses:
 * loopback, private and link-local addresses.
 */
export const egresspolicies = (client: Client): Verbs<'egresspolicy'> => new Resource(client, 'egresspolicy', 'egresspolicies');

/** What a {@link eventforwarders} can do beside the common verbs. */
export interface EventforwarderActions {
  /**
   * Sends again what followed an event, as far back as the log reaches; with a later one, leaves out what is
   * before it.
   */
  rewind(id: Reference, input: EventforwarderRewindInput, options?: CallOptions): Promise<unknown>;
}

/**
 * Sends events to a system outside, at least once and in order, from a cursor that survives restarts. Begins
 * with the first event after it was made.
 */
export const eventforwarders = (client: Client): Verbs<'eventforwarder'> & EventforwarderActions =>
  Object.assign(new Resource(client, 'eventforwarder', 'eventforwarders'), {
      rewind: (id, input, options) => act<unknown>(client, 'eventforwarders', id, 'rewind', 'POST', input, options),
    } satisfies EventforwarderActions);

/** A line for people about something that happened to a resource. */
export const eventlogs = (client: Client): Verbs<'eventlog'> => new Resource(client, 'eventlog', 'eventlogs');

/** One slot of a schedule and what became of it. Every slot has one, so that a schedule can be accounted for. */
export const firings = (client: Client): Verbs<'firing'> => new Resource(client, 'firing', 'firings');

/** What a {@link hookpolicies} can do beside the common verbs. */
export interface HookpolicyActions {
  /**
   * Makes a new signing secret, shown once in the answer. The old one signs beside it for as long as overlap
   * says, so that no message is refused meanwhile.
   */
  rotate(id: Reference, input?: HookpolicyRotateInput, options?: CallOptions): Promise<HookpolicyRotateOutput>;
  /**
   * Asks a Pre hook about the resources that had passed it unchecked, as they are now; nothing is changed.
   * Done by itself when the circuit breaker closes.
   */
  revalidate(id: Reference, options?: CallOptions): Promise<HookpolicyRevalidateOutput>;
}

/**
 * Calls a URL or an automation before or after a resource is written. A Pre hook may refuse the write or
 * replace the object; a Post hook is told about it, at least once.
 */
export const hookpolicies = (client: Client): Verbs<'hookpolicy'> & HookpolicyActions =>
  Object.assign(new Resource(client, 'hookpolicy', 'hookpolicies'), {
      rotate: (id, input, options) => act<HookpolicyRotateOutput>(client, 'hookpolicies', id, 'rotate', 'POST', input, options),
      revalidate: (id, options) => act<HookpolicyRevalidateOutput>(client, 'hookpolicies', id, 'revalidate', 'POST', undefined, options),
    } satisfies HookpolicyActions);

/** A value that an automation keeps between its runs. */
export const kventries = (client: Client): Verbs<'kventry'> => new Resource(client, 'kventry', 'kventries');

/** A notice shown to everybody in the namespace and, when it propagates, below. */
export const messages = (client: Client): Verbs<'message'> => new Resource(client, 'message', 'messages');

/**
 * Sends the messages of a hook again, all that were given up or a range of them, in the order in which they
 * were made. The same ids are sent again, so a receiver that remembers ids takes each once. Deleting it stops
 * what is left.
 */
export const redrives = (client: Client): Verbs<'redrive'> => new Resource(client, 'redrive', 'redrives');

/** What a {@link runs} can do beside the common verbs. */
export interface RunActions {
  /** Stops the run, whether it waits or goes on. */
  cancel(id: Reference, options?: CallOptions): Promise<unknown>;
  /** Runs the same version again with the same input, as a new run. */
  redrive(id: Reference, options?: CallOptions): Promise<RunRedriveOutput>;
  /**
   * Runs the same version again with the input and the answers that it got then, as a dry run: nothing is
   * asked, sent or changed. Of runs that failed.
   */
  replay(id: Reference, options?: CallOptions): Promise<unknown>;
  /** The log lines, and those to come while the run goes on. */
  logs(id: Reference, options?: CallOptions): Promise<unknown>;
}

/** One execution of an automation: what set it off, how it ended, what it logged and used. */
export const runs = (client: Client): Verbs<'run'> & RunActions =>
  Object.assign(new Resource(client, 'run', 'runs'), {
      cancel: (id, options) => act<unknown>(client, 'runs', id, 'cancel', 'POST', undefined, options),
      redrive: (id, options) => act<RunRedriveOutput>(client, 'runs', id, 'redrive', 'POST', undefined, options),
      replay: (id, options) => act<unknown>(client, 'runs', id, 'replay', 'POST', undefined, options),
      logs: (id, options) => act<unknown>(client, 'runs', id, 'logs', 'GET', undefined, options),
    } satisfies RunActions);

/**
 * A value that scripts and forwarders use without seeing it: it becomes bytes only in requests to the
 * destinations it is bound to.
 */
export const secrets = (client: Client): Verbs<'secret'> => new Resource(client, 'secret', 'secrets');

/** What a {@link enforcers} can do beside the common verbs. */
export interface EnforcerActions {
  /**
   * The policies of its namespace, signed, for the enforcer itself; with after=EPOCH and wait=PT20S it waits
   * for newer ones.
   */
  policyset(id: Reference, options?: CallOptions): Promise<EnforcerPolicysetOutput>;
  /**
   * Takes what became of connections, from the enforcer itself; it is kept as flow reports. A batch that was
   * taken before is not taken again.
   */
  flows(id: Reference, input: EnforcerFlowsInput, options?: CallOptions): Promise<EnforcerFlowsOutput>;
}

/**
 * An agent on a host, registered with the platform: it gives workloads their identity and enforces the
 * policies among them.
 */
export const enforcers = (client: Client): Verbs<'enforcer'> & EnforcerActions =>
  Object.assign(new Resource(client, 'enforcer', 'enforcers'), {
      policyset: (id, options) => act<EnforcerPolicysetOutput>(client, 'enforcers', id, 'policyset', 'GET', undefined, options),
      flows: (id, input, options) => act<EnforcerFlowsOutput>(client, 'enforcers', id, 'flows', 'POST', input, options),
    } satisfies EnforcerActions);

/** Settings that enforcers share; enforcerprofilemappingpolicies say which enforcers take which profile. */
export const enforcerprofiles = (client: Client): Verbs<'enforcerprofile'> => new Resource(client, 'enforcerprofile', 'enforcerprofiles');

/** Says which enforcers take which enforcer profile. */
export const enforcerprofilemappingpolicies = (client: Client): Verbs<'enforcerprofilemappingpolicy'> => new Resource(client, 'enforcerprofilemappingpolicy', 'enforcerprofilemappingpolicies');

/** Networks and hosts outside the platform that policies select by tags. */
export const externalnetworks = (client: Client): Verbs<'externalnetwork'> => new Resource(client, 'externalnetwork', 'externalnetworks');

/** Ports of a host that enforcers guard as a processing unit of their own. */
export const hostservices = (client: Client): Verbs<'hostservice'> => new Resource(client, 'hostservice', 'hostservices');

/**
 * Anything that computes and has an identity of its own: a process, a container, a service of a host, a host,
 * a session of a user.
 */
export const processingunits = (client: Client): Verbs<'processingunit'> => new Resource(client, 'processingunit', 'processingunits');

/** A service with a name and a port that processing units implement, and how its users prove who they are. */
export const services = (client: Client): Verbs<'service'> => new Resource(client, 'service', 'services');

/**
 * Who talked to whom in a window of time, and who was refused: the flow reports of the namespace, added up by
 * source, destination and port. Nothing is stored.
 */
export const dependencymaps = (client: Client): Verbs<'dependencymap'> => new Resource(client, 'dependencymap', 'dependencymaps');

/**
 * What became of connections, as the enforcer of one end tells it, those alike within a few seconds counted
 * together. One that tells of rejected connections is an event when it arrives; the others are only kept.
 */
export const flowreports = (client: Client): Verbs<'flowreport'> => new Resource(client, 'flowreport', 'flowreports');

/** Something known to be vulnerable that a processing unit runs; its name is that of the vulnerability. */
export const vulnerabilities = (client: Client): Verbs<'vulnerability'> => new Resource(client, 'vulnerability', 'vulnerabilities');

/** A local account that a person signs in with, by password and, if wished, a one-time code. */
export const accounts = (client: Client): Verbs<'account'> => new Resource(client, 'account', 'accounts');

/**
 * Grants roles or single permissions to callers whose claims match, in a namespace and those below it. It
 * always propagates, and nobody can grant more than they hold.
 */
export const apiauthorizationpolicies = (client: Client): Verbs<'apiauthorizationpolicy'> => new Resource(client, 'apiauthorizationpolicy', 'apiauthorizationpolicies');

/** Tells whether the caller may do something, without doing it. */
export const apichecks = (client: Client): Verbs<'apicheck'> => new Resource(client, 'apicheck', 'apichecks');

/** What a {@link appcredentials} can do beside the common verbs. */
export interface AppcredentialActions {
  /**
   * Makes a new certificate, for the key of a CSR when one is given; the old one stays valid until it
   * expires.
   */
  renew(id: Reference, input?: AppcredentialRenewInput, options?: CallOptions): Promise<AppcredentialRenewOutput>;
}

/** The identity of a program: a client certificate with the permissions that come with it. */
export const appcredentials = (client: Client): Verbs<'appcredential'> & AppcredentialActions =>
  Object.assign(new Resource(client, 'appcredential', 'appcredentials'), {
      renew: (id, input, options) => act<AppcredentialRenewOutput>(client, 'appcredentials', id, 'renew', 'POST', input, options),
    } satisfies AppcredentialActions);

/** Tells who the caller is: the claims of the caller's token, or of another one given. */
export const authn = (client: Client): Verbs<'authn'> => new Resource(client, 'authn', 'authn');

/**
 * Exchanges a proof of identity for a token. A token never allows more than its proof does; restrictions only
 * narrow it.
 */
export const issue = (client: Client): Verbs<'issue'> => new Resource(client, 'issue', 'issue');

/**
 * Makes tokens invalid before they expire: a single one, or all issued to a subject before a moment. It
 * counts in its namespace and below.
 */
export const revocations = (client: Client): Verbs<'revocation'> => new Resource(client, 'revocation', 'revocations');

/**
 * A named set of permissions that authorizations and app credentials refer to as @role=name, in its namespace
 * and, when it propagates, in those below.
 */
export const roles = (client: Client): Verbs<'role'> => new Resource(client, 'role', 'roles');

/** A token that was issued, without the token itself. Deleting it revokes the token. */
export const sessions = (client: Client): Verbs<'session'> => new Resource(client, 'session', 'sessions');

/**
 * Tells what both ends would decide of a connection between two units of the namespace, by which policy, and
 * how little would let it pass. Nothing is connected and nothing changed.
 */
export const connectionchecks = (client: Client): Verbs<'connectioncheck'> => new Resource(client, 'connectioncheck', 'connectionchecks');

/** Says which processing units may read, write and execute which files. */
export const fileaccesspolicies = (client: Client): Verbs<'fileaccesspolicy'> => new Resource(client, 'fileaccesspolicy', 'fileaccesspolicies');

/**
 * Says which processing units may open connections to which, and to which external networks. Reject beats
 * Allow wherever it stands in the tree.
 */
export const networkaccesspolicies = (client: Client): Verbs<'networkaccesspolicy'> => new Resource(client, 'networkaccesspolicy', 'networkaccesspolicies');

/** Says how enforcers treat processing units as such, whatever they talk to. */
export const processingunitpolicies = (client: Client): Verbs<'processingunitpolicy'> => new Resource(client, 'processingunitpolicy', 'processingunitpolicies');

/** Says which processing units may be given which secrets. */
export const secretaccesspolicies = (client: Client): Verbs<'secretaccesspolicy'> => new Resource(client, 'secretaccesspolicy', 'secretaccesspolicies');

/** Says which processing units may use which services. */
export const servicedependencypolicies = (client: Client): Verbs<'servicedependencypolicy'> => new Resource(client, 'servicedependencypolicy', 'servicedependencypolicies');

/** Says which scopes and which audience the token of a processing unit has at services of others. */
export const tokenscopepolicies = (client: Client): Verbs<'tokenscopepolicy'> => new Resource(client, 'tokenscopepolicy', 'tokenscopepolicies');

/** Says which users may log in to which hosts, and become whom there. */
export const useraccesspolicies = (client: Client): Verbs<'useraccesspolicy'> => new Resource(client, 'useraccesspolicy', 'useraccesspolicies');
