package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Immutable;
import io.oarlock.model.Label;
import io.oarlock.model.Matches;
import io.oarlock.model.Orderable;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Tenancy",
    aliases = {"ns"},
    indexes = {"unique:name"},
    example =
        """
        {
          "name": "acme",
          "description": "The shop and everything it runs.",
          "associatedTags": ["env=prod"]
        }
        """)
@Doc(
    "A node of the tenant tree. Every resource lives in exactly one; deleting a "
        + "namespace deletes everything in and below it.")
public record Namespace(
    UnnamedMeta meta,
    @Doc("Bare name at creation, such as acme; answers carry the full path, such as /acme.")
        @Example("acme")
        @Matches(
            value = "/|/?[A-Za-z0-9][A-Za-z0-9_.-]{0,127}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,127})*",
            message =
                "A namespace name has 1 to 128 letters, digits, - _ . and starts with a letter "
                    + "or digit")
        @Size(min = 1, max = 1024)
        @Immutable
        @Filterable
        @Orderable
        String name,
    @Doc("What the node stands for; it changes how consoles show it, nothing else.")
        @Example("Group")
        @Default("Default")
        @Immutable
        Type type,
    @Doc("What happens to traffic into a processing unit when no policy decides.")
        @Example("Reject")
        @Default("Inherit")
        @Label("Default incoming traffic action")
        TrafficAction defaultPUIncomingTrafficAction,
    @Doc("What happens to traffic out of a processing unit when no policy decides.")
        @Example("Allow")
        @Default("Inherit")
        @Label("Default outgoing traffic action")
        TrafficAction defaultPUOutgoingTrafficAction,
    @Doc(
            "Prefixes of the tags that may travel between enforcers and feed suggestions; "
                + "handed down.")
        @Example("[\"app=\", \"env=\"]")
        @Size(max = 64)
        Set<String> tagPrefixes,
    @Doc(
            "Tags starting with @org: that every new processing unit, enforcer and external "
                + "network in and below it gets.")
        @Example("[\"@org:tenant=acme\"]")
        @Format(TextFormat.TAG)
        @Matches(value = "@org:.+", message = "Organizational metadata starts with @org:")
        @Size(max = 32)
        Set<String> organizationalMetadata,
    @Doc(
            "Gives the namespace a certificate authority of its own, so that its workloads "
                + "trust nobody outside it.")
        @Example("false")
        @Label("Local CA enabled")
        boolean localCAEnabled,
    @Doc("The namespace's own certificate authority, when it has one.")
        @Example(
            "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2E=\n-----END CERTIFICATE-----\n")
        @Format(TextFormat.PEM)
        @Size(max = 16384)
        @ReadOnly
        @Label("Local CA")
        Optional<String> localCA,
    @Doc(
            "Most that automations in and below the namespace may ask for; an ancestor's "
                + "ceiling can only be lowered.")
        @Example("{\"wallTime\": \"PT1M\", \"memory\": \"128MiB\"}")
        Optional<AutomationLimits> automationCeiling)
    implements SelfChecking {

  /** What a node stands for. */
  public enum Type {
    @Doc("Nothing in particular.")
    DEFAULT,
    @Doc("A customer or a company.")
    TENANT,
    @Doc("An account at a cloud provider.")
    CLOUD_ACCOUNT,
    @Doc("A group of workloads.")
    GROUP,
    @Doc("A Kubernetes cluster.")
    KUBERNETES
  }

  @Override
  public List<Violation> validate() {
    return automationCeiling
        .map(limits -> limits.violations("/automationCeiling"))
        .orElse(List.of());
  }
}
