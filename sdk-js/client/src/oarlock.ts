// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import { Client, type ClientOptions } from './client.js';
import * as resources from './resources.js';

/** A client that has every type: `oarlock.automations.list()`. */
export class Oarlock extends Client {
  /** One version of an app, published in the namespace for installation there. */
  readonly apps = resources.apps(this);
  /**
   * An app in the namespace, with what it made. Creating it installs, changing it upgrades, deleting it
   * removes exactly what was made; a dry run of any of these is a plan.
   */
  readonly installations = resources.installations(this);
  /** A publisher whose apps are taken in the namespace; where there is none, no app is. */
  readonly publisherkeies = resources.publisherkeies(this);
  /**
   * A node of the tenant tree. Every resource lives in exactly one; deleting a namespace deletes everything
   * in and below it.
   */
  readonly namespaces = resources.namespaces(this);
  /**
   * Moves new processing units into a child namespace by their tags; looked at again in each namespace
   * reached, until none matches.
   */
  readonly namespacemappingpolicies = resources.namespacemappingpolicies(this);
  /** Caps how many resources of some types may exist in and below a namespace. It always propagates. */
  readonly quotapolicies = resources.quotapolicies(this);
  /** Who changed what, or was refused to: the audit trail. */
  readonly activities = resources.activities(this);
  /**
   * Something that wants somebody's attention until it is resolved. The same kind and content again adds an
   * occurrence instead of a second alarm.
   */
  readonly alarms = resources.alarms(this);
  /**
   * A script of yours that runs when something happens: on an event, at times, when called from outside, or
   * to answer a hook.
   */
  readonly automations = resources.automations(this);
  /** A condition or an action to build automations from. */
  readonly automationtemplates = resources.automationtemplates(this);
  /** A saved version of an automation. Runs that go on finish on theirs. */
  readonly automationversions = resources.automationversions(this);
  /** A URL that runs an automation, without the URL itself. Deleting it makes the URL useless. */
  readonly calltokens = resources.calltokens(this);
  /** One message to an endpoint of a hook or a forwarder, with each attempt to deliver it. */
  readonly deliveries = resources.deliveries(this);
  /**
   * Lets hooks, forwarders and scripts of the namespace reach destinations that the outbound guard refuses:
   * loopback, private and link-local addresses.
   */
  readonly egresspolicies = resources.egresspolicies(this);
  /**
   * Sends events to a system outside, at least once and in order, from a cursor that survives restarts.
   * Begins with the first event after it was made.
   */
  readonly eventforwarders = resources.eventforwarders(this);
  /** A line for people about something that happened to a resource. */
  readonly eventlogs = resources.eventlogs(this);
  /**
   * One slot of a schedule and what became of it. Every slot has one, so that a schedule can be accounted
   * for.
   */
  readonly firings = resources.firings(this);
  /**
   * Calls a URL or an automation before or after a resource is written. A Pre hook may refuse the write or
   * replace the object; a Post hook is told about it, at least once.
   */
  readonly hookpolicies = resources.hookpolicies(this);
  /** A value that an automation keeps between its runs. */
  readonly kventries = resources.kventries(this);
  /** A notice shown to everybody in the namespace and, when it propagates, below. */
  readonly messages = resources.messages(this);
  /**
   * Sends the messages of a hook again, all that were given up or a range of them, in the order in which they
   * were made. The same ids are sent again, so a receiver that remembers ids takes each once. Deleting it
   * stops what is left.
   */
  readonly redrives = resources.redrives(this);
  /** One execution of an automation: what set it off, how it ended, what it logged and used. */
  readonly runs = resources.runs(this);
  /**
   * A value that scripts and forwarders use without seeing it: it becomes bytes only in requests to the
   * destinations it is bound to.
   */
  readonly secrets = resources.secrets(this);
  /**
   * An agent on a host, registered with the platform: it gives workloads their identity and enforces the
   * policies among them.
   */
  readonly enforcers = resources.enforcers(this);
  /** Settings that enforcers share; enforcerprofilemappingpolicies say which enforcers take which profile. */
  readonly enforcerprofiles = resources.enforcerprofiles(this);
  /** Says which enforcers take which enforcer profile. */
  readonly enforcerprofilemappingpolicies = resources.enforcerprofilemappingpolicies(this);
  /** Networks and hosts outside the platform that policies select by tags. */
  readonly externalnetworks = resources.externalnetworks(this);
  /** Ports of a host that enforcers guard as a processing unit of their own. */
  readonly hostservices = resources.hostservices(this);
  /**
   * Anything that computes and has an identity of its own: a process, a container, a service of a host, a
   * host, a session of a user.
   */
  readonly processingunits = resources.processingunits(this);
  /** A service with a name and a port that processing units implement, and how its users prove who they are. */
  readonly services = resources.services(this);
  /**
   * Who talked to whom in a window of time, and who was refused: the flow reports of the namespace, added up
   * by source, destination and port. Nothing is stored.
   */
  readonly dependencymaps = resources.dependencymaps(this);
  /**
   * What became of connections, as the enforcer of one end tells it, those alike within a few seconds counted
   * together. One that tells of rejected connections is an event when it arrives; the others are only kept.
   */
  readonly flowreports = resources.flowreports(this);
  /** Something known to be vulnerable that a processing unit runs; its name is that of the vulnerability. */
  readonly vulnerabilities = resources.vulnerabilities(this);
  /** A local account that a person signs in with, by password and, if wished, a one-time code. */
  readonly accounts = resources.accounts(this);
  /**
   * Grants roles or single permissions to callers whose claims match, in a namespace and those below it. It
   * always propagates, and nobody can grant more than they hold.
   */
  readonly apiauthorizationpolicies = resources.apiauthorizationpolicies(this);
  /** Tells whether the caller may do something, without doing it. */
  readonly apichecks = resources.apichecks(this);
  /** The identity of a program: a client certificate with the permissions that come with it. */
  readonly appcredentials = resources.appcredentials(this);
  /** Tells who the caller is: the claims of the caller's token, or of another one given. */
  readonly authn = resources.authn(this);
  /**
   * Exchanges a proof of identity for a token. A token never allows more than its proof does; restrictions
   * only narrow it.
   */
  readonly issue = resources.issue(this);
  /**
   * Makes tokens invalid before they expire: a single one, or all issued to a subject before a moment. It
   * counts in its namespace and below.
   */
  readonly revocations = resources.revocations(this);
  /**
   * A named set of permissions that authorizations and app credentials refer to as @role=name, in its
   * namespace and, when it propagates, in those below.
   */
  readonly roles = resources.roles(this);
  /** A token that was issued, without the token itself. Deleting it revokes the token. */
  readonly sessions = resources.sessions(this);
  /**
   * Tells what both ends would decide of a connection between two units of the namespace, by which policy,
   * and how little would let it pass. Nothing is connected and nothing changed.
   */
  readonly connectionchecks = resources.connectionchecks(this);
  /** Says which processing units may read, write and execute which files. */
  readonly fileaccesspolicies = resources.fileaccesspolicies(this);
  /**
   * Says which processing units may open connections to which, and to which external networks. Reject beats
   * Allow wherever it stands in the tree.
   */
  readonly networkaccesspolicies = resources.networkaccesspolicies(this);
  /** Says how enforcers treat processing units as such, whatever they talk to. */
  readonly processingunitpolicies = resources.processingunitpolicies(this);
  /** Says which processing units may be given which secrets. */
  readonly secretaccesspolicies = resources.secretaccesspolicies(this);
  /** Says which processing units may use which services. */
  readonly servicedependencypolicies = resources.servicedependencypolicies(this);
  /** Says which scopes and which audience the token of a processing unit has at services of others. */
  readonly tokenscopepolicies = resources.tokenscopepolicies(this);
  /** Says which users may log in to which hosts, and become whom there. */
  readonly useraccesspolicies = resources.useraccesspolicies(this);
}

/** Connects to a platform; nothing is sent until something is asked. */
export const connect = (options: ClientOptions): Oarlock => new Oarlock(options);
