package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Who",
    plural = "issue",
    stored = false,
    operations = {Operation.CREATE},
    example =
        """
        {
          "realm": "Account",
          "metadata": {"account": "admin", "password": "correct horse battery staple"},
          "validity": "PT1H",
          "restrictedNamespace": "/acme",
          "restrictedPermissions": ["automation:get,list"],
          "restrictedNetworks": ["10.0.0.0/8"]
        }
        """)
@Doc(
    "Exchanges a proof of identity for a token. A token never allows more than its "
        + "proof does; restrictions only narrow it.")
public record Issue(
    @Doc("Kind of proof.") @Example("Account") Realm realm,
    @Doc("The proof, such as account and password; which members it has depends on the " + "realm.")
        @Example("{\"account\": \"admin\", \"password\": \"correct horse battery staple\"}")
        @Size(max = 16384)
        @Secret
        @Keys(max = 256)
        Map<String, Object> metadata,
    @Doc(
            "How long the token is valid, at least: its end is rounded up to a whole second. The "
                + "platform's maximum caps it, and the end of the proof.")
        @Example("PT1H")
        @Default("PT24H")
        Duration validity,
    @Doc("Narrows the token to a namespace and those below it.") @Example("/acme")
        Optional<NamespacePath> restrictedNamespace,
    @Doc("Narrows the token to these permissions.")
        @Example("[\"automation:get,list\"]")
        @Format(TextFormat.PERMISSION)
        @Size(max = 256)
        Set<String> restrictedPermissions,
    @Doc("Narrows the token to callers from these networks.")
        @Example("[\"10.0.0.0/8\"]")
        @Format(TextFormat.CIDR)
        @Size(max = 64)
        Set<String> restrictedNetworks,
    @Doc("Who the token is meant for; others refuse it.")
        @Example("[\"https://oarlock.example.com\"]")
        @Size(max = 16)
        Set<String> audience,
    @Doc("The token, a signed JWT.")
        @Example("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2ln")
        @Size(max = 16384)
        @ReadOnly
        Optional<String> token,
    @Doc("The claims in the token.")
        @Example("{\"realm\": \"Account\", \"sub\": \"admin\"}")
        @Size(max = 16384)
        @ReadOnly
        @Keys(max = 256)
        Map<String, Object> claims,
    @Doc("When the token ceases to be valid.") @Example("2026-11-22T00:50:00.000Z") @ReadOnly
        Optional<Instant> expiresAt)
    implements SelfChecking {
  /** Shortest validity of a token. */
  public static final Duration VALIDITY_MIN = Duration.ofSeconds(1);

  /** Longest validity anybody can ask for. */
  public static final Duration VALIDITY_MAX = Duration.ofDays(366);

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.within("validity", validity, VALIDITY_MIN, VALIDITY_MAX);
    return rules.violations();
  }
}
