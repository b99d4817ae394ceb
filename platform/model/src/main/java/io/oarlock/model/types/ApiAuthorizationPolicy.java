package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Set;

@Resource(
    group = "Who",
    aliases = {"apiauth", "apiauths"},
    example =
        """
        {
          "name": "alice-runs-acme",
          "subject": [["@auth:realm=account", "@auth:account=alice"]],
          "authorizedIdentities": ["automation:get,list", "hookpolicy:*"],
          "authorizedNamespace": "/acme"
        }
        """)
@Doc(
    "Grants roles or single permissions to callers whose claims match, in a "
        + "namespace and those below it. It always propagates, and nobody can grant more "
        + "than they hold.")
public record ApiAuthorizationPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("What is granted: permissions such as automation:get,list, or roles as @role=name.")
        @Example("[\"automation:get,list\"]")
        @Format(TextFormat.PERMISSION)
        @Size(min = 1, max = 256)
        Set<String> authorizedIdentities,
    @Doc("Namespace it is granted in, with those below.") @Example("/acme") @Filterable
        NamespacePath authorizedNamespace,
    @Doc("Networks callers must come from; anywhere when empty.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 64)
        Set<String> authorizedSubnets,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Scheduled scheduled,
    Expiring expiring)
    implements SelfChecking {
  private static final String REALM = "@auth:realm=";
  private static final String NAMESPACE = "@auth:namespace=";

  /** Realms whose providers anybody may declare in their own namespace. */
  private static final Set<String> DECLARED_REALMS = Set.of(REALM + "oidc", REALM + "saml");

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    var lines = policy.subject().toLists();
    rules.refuseIf(
        lines.isEmpty(),
        "subject",
        "required",
        "An authorization without subject would never apply.",
        "Say whose claims, for example [[\"@auth:realm=account\", " + "\"@auth:account=alice\"]].");
    for (var i = 0; i < lines.size(); i++) {
      checkLine(lines.get(i), "subject/" + i, rules);
    }
    Schedules.check(scheduled, rules);
    return rules.violations();
  }

  private static void checkLine(List<String> line, String at, Rules rules) {
    var realms = line.stream().filter(term -> term.startsWith(REALM)).toList();
    rules.refuseIf(
        line.stream().anyMatch(term -> !term.startsWith("@auth:")),
        at,
        "not-a-claim",
        "Callers have claims alone, which start with @auth:, and \"not\" would let "
            + "strangers in.",
        "Use terms such as @auth:account=alice.");
    rules.refuseIf(
        realms.size() != 1 || realms.getFirst().endsWith("*"),
        at,
        "realm-needed",
        "Each line names exactly one realm, so that no other realm can make up the same "
            + "claims.",
        "Add one term such as @auth:realm=account.");
    rules.refuseIf(
        line.size() < 2,
        at,
        "too-broad",
        "A line with the realm alone would admit everybody in it.",
        "Add a second claim, such as @auth:account=alice.");
    rules.refuseIf(
        realms.stream().anyMatch(DECLARED_REALMS::contains)
            && line.stream().noneMatch(term -> term.startsWith(NAMESPACE)),
        at,
        "namespace-needed",
        "Anybody may declare a provider of that realm in a namespace of their own.",
        "Add the namespace of the provider you trust, such as @auth:namespace=/acme.");
  }
}
