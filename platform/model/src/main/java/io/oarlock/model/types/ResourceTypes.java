package io.oarlock.model.types;

import java.util.List;
import java.util.stream.Stream;

/** Every type the platform itself declares. */
public final class ResourceTypes {
  private ResourceTypes() {}

  /** The records, in the order of the reference docs. */
  public static List<Class<? extends Record>> all() {
    return Stream.of(tenancy(), who(), whatHappens(), whatRuns(), whoMayTalkToWhom())
        .flatMap(List::stream)
        .<Class<? extends Record>>map(type -> type)
        .toList();
  }

  private static List<Class<? extends Record>> tenancy() {
    return List.of(Namespace.class, QuotaPolicy.class, NamespaceMappingPolicy.class);
  }

  private static List<Class<? extends Record>> who() {
    return List.of(
        Account.class,
        Issue.class,
        Authn.class,
        ApiCheck.class,
        AppCredential.class,
        ApiAuthorizationPolicy.class,
        Role.class,
        Revocation.class,
        Session.class);
  }

  private static List<Class<? extends Record>> whatHappens() {
    return List.of(
        HookPolicy.class,
        Automation.class,
        AutomationVersion.class,
        AutomationTemplate.class,
        Run.class,
        Firing.class,
        CallToken.class,
        StoredSecret.class,
        KvEntry.class,
        EventForwarder.class,
        Delivery.class,
        EgressPolicy.class,
        Activity.class,
        EventLogEntry.class,
        Message.class,
        Alarm.class);
  }

  private static List<Class<? extends Record>> whatRuns() {
    return List.of(
        Enforcer.class,
        EnforcerProfile.class,
        EnforcerProfileMappingPolicy.class,
        ProcessingUnit.class,
        ExternalNetwork.class,
        Service.class,
        HostService.class);
  }

  private static List<Class<? extends Record>> whoMayTalkToWhom() {
    return List.of(
        NetworkAccessPolicy.class,
        UserAccessPolicy.class,
        FileAccessPolicy.class,
        SecretAccessPolicy.class,
        TokenScopePolicy.class,
        ProcessingUnitPolicy.class,
        ServiceDependencyPolicy.class);
  }
}
