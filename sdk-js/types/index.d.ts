// Made from platform/model/model.json by tools/generate.mjs; change the model instead.
import type { App, AppInput } from './resources/app.js';
import type { Installation, InstallationInput, InstallationPatch } from './resources/installation.js';
import type { Publisherkey, PublisherkeyInput, PublisherkeyPatch } from './resources/publisherkey.js';
import type { Namespace, NamespaceInput, NamespacePatch } from './resources/namespace.js';
import type { Namespacemappingpolicy, NamespacemappingpolicyInput, NamespacemappingpolicyPatch } from './resources/namespacemappingpolicy.js';
import type { Quotapolicy, QuotapolicyInput, QuotapolicyPatch } from './resources/quotapolicy.js';
import type { Activity } from './resources/activity.js';
import type { Alarm, AlarmInput, AlarmPatch } from './resources/alarm.js';
import type { Automation, AutomationInput, AutomationPatch } from './resources/automation.js';
import type { Automationtemplate, AutomationtemplateInput, AutomationtemplatePatch } from './resources/automationtemplate.js';
import type { Automationversion } from './resources/automationversion.js';
import type { Calltoken } from './resources/calltoken.js';
import type { Delivery } from './resources/delivery.js';
import type { Egresspolicy, EgresspolicyInput, EgresspolicyPatch } from './resources/egresspolicy.js';
import type { Eventforwarder, EventforwarderInput, EventforwarderPatch } from './resources/eventforwarder.js';
import type { Eventlog, EventlogInput } from './resources/eventlog.js';
import type { Firing } from './resources/firing.js';
import type { Hookpolicy, HookpolicyInput, HookpolicyPatch } from './resources/hookpolicy.js';
import type { Kventry } from './resources/kventry.js';
import type { Message, MessageInput, MessagePatch } from './resources/message.js';
import type { Redrive, RedriveInput } from './resources/redrive.js';
import type { Run } from './resources/run.js';
import type { Secret, SecretInput, SecretPatch } from './resources/secret.js';
import type { Enforcer, EnforcerInput, EnforcerPatch } from './resources/enforcer.js';
import type { Enforcerprofile, EnforcerprofileInput, EnforcerprofilePatch } from './resources/enforcerprofile.js';
import type { Enforcerprofilemappingpolicy, EnforcerprofilemappingpolicyInput, EnforcerprofilemappingpolicyPatch } from './resources/enforcerprofilemappingpolicy.js';
import type { Externalnetwork, ExternalnetworkInput, ExternalnetworkPatch } from './resources/externalnetwork.js';
import type { Hostservice, HostserviceInput, HostservicePatch } from './resources/hostservice.js';
import type { Processingunit, ProcessingunitInput, ProcessingunitPatch } from './resources/processingunit.js';
import type { Service, ServiceInput, ServicePatch } from './resources/service.js';
import type { Dependencymap, DependencymapInput } from './resources/dependencymap.js';
import type { Flowreport } from './resources/flowreport.js';
import type { Vulnerability, VulnerabilityInput, VulnerabilityPatch } from './resources/vulnerability.js';
import type { Account, AccountInput, AccountPatch } from './resources/account.js';
import type { Apiauthorizationpolicy, ApiauthorizationpolicyInput, ApiauthorizationpolicyPatch } from './resources/apiauthorizationpolicy.js';
import type { Apicheck, ApicheckInput } from './resources/apicheck.js';
import type { Appcredential, AppcredentialInput, AppcredentialPatch } from './resources/appcredential.js';
import type { Authn, AuthnInput } from './resources/authn.js';
import type { Issue, IssueInput } from './resources/issue.js';
import type { Revocation, RevocationInput } from './resources/revocation.js';
import type { Role, RoleInput, RolePatch } from './resources/role.js';
import type { Session } from './resources/session.js';
import type { Connectioncheck, ConnectioncheckInput } from './resources/connectioncheck.js';
import type { Fileaccesspolicy, FileaccesspolicyInput, FileaccesspolicyPatch } from './resources/fileaccesspolicy.js';
import type { Networkaccesspolicy, NetworkaccesspolicyInput, NetworkaccesspolicyPatch } from './resources/networkaccesspolicy.js';
import type { Processingunitpolicy, ProcessingunitpolicyInput, ProcessingunitpolicyPatch } from './resources/processingunitpolicy.js';
import type { Secretaccesspolicy, SecretaccesspolicyInput, SecretaccesspolicyPatch } from './resources/secretaccesspolicy.js';
import type { Servicedependencypolicy, ServicedependencypolicyInput, ServicedependencypolicyPatch } from './resources/servicedependencypolicy.js';
import type { Tokenscopepolicy, TokenscopepolicyInput, TokenscopepolicyPatch } from './resources/tokenscopepolicy.js';
import type { Useraccesspolicy, UseraccesspolicyInput, UseraccesspolicyPatch } from './resources/useraccesspolicy.js';

export * from './platform.js';
export * from './resources/app.js';
export * from './resources/installation.js';
export * from './resources/publisherkey.js';
export * from './resources/namespace.js';
export * from './resources/namespacemappingpolicy.js';
export * from './resources/quotapolicy.js';
export * from './resources/activity.js';
export * from './resources/alarm.js';
export * from './resources/automation.js';
export * from './resources/automationtemplate.js';
export * from './resources/automationversion.js';
export * from './resources/calltoken.js';
export * from './resources/delivery.js';
export * from './resources/egresspolicy.js';
export * from './resources/eventforwarder.js';
export * from './resources/eventlog.js';
export * from './resources/firing.js';
export * from './resources/hookpolicy.js';
export * from './resources/kventry.js';
export * from './resources/message.js';
export * from './resources/redrive.js';
export * from './resources/run.js';
export * from './resources/secret.js';
export * from './resources/enforcer.js';
export * from './resources/enforcerprofile.js';
export * from './resources/enforcerprofilemappingpolicy.js';
export * from './resources/externalnetwork.js';
export * from './resources/hostservice.js';
export * from './resources/processingunit.js';
export * from './resources/service.js';
export * from './resources/dependencymap.js';
export * from './resources/flowreport.js';
export * from './resources/vulnerability.js';
export * from './resources/account.js';
export * from './resources/apiauthorizationpolicy.js';
export * from './resources/apicheck.js';
export * from './resources/appcredential.js';
export * from './resources/authn.js';
export * from './resources/issue.js';
export * from './resources/revocation.js';
export * from './resources/role.js';
export * from './resources/session.js';
export * from './resources/connectioncheck.js';
export * from './resources/fileaccesspolicy.js';
export * from './resources/networkaccesspolicy.js';
export * from './resources/processingunitpolicy.js';
export * from './resources/secretaccesspolicy.js';
export * from './resources/servicedependencypolicy.js';
export * from './resources/tokenscopepolicy.js';
export * from './resources/useraccesspolicy.js';

/** Every type by its name: its plural, its shapes, and what can be done with it. */
export interface ResourceTypes {
  app: {
    plural: 'apps';
    read: App;
    input: AppInput;
    patch: never;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'delete';
  };
  installation: {
    plural: 'installations';
    read: Installation;
    input: InstallationInput;
    patch: InstallationPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  publisherkey: {
    plural: 'publisherkeies';
    read: Publisherkey;
    input: PublisherkeyInput;
    patch: PublisherkeyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  namespace: {
    plural: 'namespaces';
    read: Namespace;
    input: NamespaceInput;
    patch: NamespacePatch;
    orderable: 'createTime' | 'updateTime' | 'name';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  namespacemappingpolicy: {
    plural: 'namespacemappingpolicies';
    read: Namespacemappingpolicy;
    input: NamespacemappingpolicyInput;
    patch: NamespacemappingpolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  quotapolicy: {
    plural: 'quotapolicies';
    read: Quotapolicy;
    input: QuotapolicyInput;
    patch: QuotapolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  activity: {
    plural: 'activities';
    read: Activity;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count';
  };
  alarm: {
    plural: 'alarms';
    read: Alarm;
    input: AlarmInput;
    patch: AlarmPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  automation: {
    plural: 'automations';
    read: Automation;
    input: AutomationInput;
    patch: AutomationPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  automationtemplate: {
    plural: 'automationtemplates';
    read: Automationtemplate;
    input: AutomationtemplateInput;
    patch: AutomationtemplatePatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  automationversion: {
    plural: 'automationversions';
    read: Automationversion;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime' | 'number';
    operations: 'get' | 'list' | 'count';
  };
  calltoken: {
    plural: 'calltokens';
    read: Calltoken;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count' | 'delete';
  };
  delivery: {
    plural: 'deliveries';
    read: Delivery;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count';
  };
  egresspolicy: {
    plural: 'egresspolicies';
    read: Egresspolicy;
    input: EgresspolicyInput;
    patch: EgresspolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  eventforwarder: {
    plural: 'eventforwarders';
    read: Eventforwarder;
    input: EventforwarderInput;
    patch: EventforwarderPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  eventlog: {
    plural: 'eventlogs';
    read: Eventlog;
    input: EventlogInput;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'delete';
  };
  firing: {
    plural: 'firings';
    read: Firing;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime' | 'slot';
    operations: 'get' | 'list' | 'count';
  };
  hookpolicy: {
    plural: 'hookpolicies';
    read: Hookpolicy;
    input: HookpolicyInput;
    patch: HookpolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime' | 'priority';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  kventry: {
    plural: 'kventries';
    read: Kventry;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count' | 'delete';
  };
  message: {
    plural: 'messages';
    read: Message;
    input: MessageInput;
    patch: MessagePatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  redrive: {
    plural: 'redrives';
    read: Redrive;
    input: RedriveInput;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'delete';
  };
  run: {
    plural: 'runs';
    read: Run;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count';
  };
  secret: {
    plural: 'secrets';
    read: Secret;
    input: SecretInput;
    patch: SecretPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  enforcer: {
    plural: 'enforcers';
    read: Enforcer;
    input: EnforcerInput;
    patch: EnforcerPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  enforcerprofile: {
    plural: 'enforcerprofiles';
    read: Enforcerprofile;
    input: EnforcerprofileInput;
    patch: EnforcerprofilePatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  enforcerprofilemappingpolicy: {
    plural: 'enforcerprofilemappingpolicies';
    read: Enforcerprofilemappingpolicy;
    input: EnforcerprofilemappingpolicyInput;
    patch: EnforcerprofilemappingpolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  externalnetwork: {
    plural: 'externalnetworks';
    read: Externalnetwork;
    input: ExternalnetworkInput;
    patch: ExternalnetworkPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  hostservice: {
    plural: 'hostservices';
    read: Hostservice;
    input: HostserviceInput;
    patch: HostservicePatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  processingunit: {
    plural: 'processingunits';
    read: Processingunit;
    input: ProcessingunitInput;
    patch: ProcessingunitPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  service: {
    plural: 'services';
    read: Service;
    input: ServiceInput;
    patch: ServicePatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  dependencymap: {
    plural: 'dependencymaps';
    read: Dependencymap;
    input: DependencymapInput;
    patch: never;
    orderable: never;
    operations: 'create';
  };
  flowreport: {
    plural: 'flowreports';
    read: Flowreport;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime' | 'startTime';
    operations: 'get' | 'list' | 'count';
  };
  vulnerability: {
    plural: 'vulnerabilities';
    read: Vulnerability;
    input: VulnerabilityInput;
    patch: VulnerabilityPatch;
    orderable: 'name' | 'createTime' | 'updateTime' | 'score';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  account: {
    plural: 'accounts';
    read: Account;
    input: AccountInput;
    patch: AccountPatch;
    orderable: 'createTime' | 'updateTime' | 'name';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  apiauthorizationpolicy: {
    plural: 'apiauthorizationpolicies';
    read: Apiauthorizationpolicy;
    input: ApiauthorizationpolicyInput;
    patch: ApiauthorizationpolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  apicheck: {
    plural: 'apichecks';
    read: Apicheck;
    input: ApicheckInput;
    patch: never;
    orderable: never;
    operations: 'create';
  };
  appcredential: {
    plural: 'appcredentials';
    read: Appcredential;
    input: AppcredentialInput;
    patch: AppcredentialPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  authn: {
    plural: 'authn';
    read: Authn;
    input: AuthnInput;
    patch: never;
    orderable: never;
    operations: 'create';
  };
  issue: {
    plural: 'issue';
    read: Issue;
    input: IssueInput;
    patch: never;
    orderable: never;
    operations: 'create';
  };
  revocation: {
    plural: 'revocations';
    read: Revocation;
    input: RevocationInput;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'delete';
  };
  role: {
    plural: 'roles';
    read: Role;
    input: RoleInput;
    patch: RolePatch;
    orderable: 'createTime' | 'updateTime' | 'name';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  session: {
    plural: 'sessions';
    read: Session;
    input: never;
    patch: never;
    orderable: 'createTime' | 'updateTime';
    operations: 'get' | 'list' | 'count' | 'delete';
  };
  connectioncheck: {
    plural: 'connectionchecks';
    read: Connectioncheck;
    input: ConnectioncheckInput;
    patch: never;
    orderable: never;
    operations: 'create';
  };
  fileaccesspolicy: {
    plural: 'fileaccesspolicies';
    read: Fileaccesspolicy;
    input: FileaccesspolicyInput;
    patch: FileaccesspolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  networkaccesspolicy: {
    plural: 'networkaccesspolicies';
    read: Networkaccesspolicy;
    input: NetworkaccesspolicyInput;
    patch: NetworkaccesspolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  processingunitpolicy: {
    plural: 'processingunitpolicies';
    read: Processingunitpolicy;
    input: ProcessingunitpolicyInput;
    patch: ProcessingunitpolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  secretaccesspolicy: {
    plural: 'secretaccesspolicies';
    read: Secretaccesspolicy;
    input: SecretaccesspolicyInput;
    patch: SecretaccesspolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  servicedependencypolicy: {
    plural: 'servicedependencypolicies';
    read: Servicedependencypolicy;
    input: ServicedependencypolicyInput;
    patch: ServicedependencypolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  tokenscopepolicy: {
    plural: 'tokenscopepolicies';
    read: Tokenscopepolicy;
    input: TokenscopepolicyInput;
    patch: TokenscopepolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
  useraccesspolicy: {
    plural: 'useraccesspolicies';
    read: Useraccesspolicy;
    input: UseraccesspolicyInput;
    patch: UseraccesspolicyPatch;
    orderable: 'name' | 'createTime' | 'updateTime';
    operations: 'create' | 'get' | 'list' | 'count' | 'update' | 'patch' | 'delete';
  };
}

/** Names of all types. */
export type TypeName = keyof ResourceTypes;
