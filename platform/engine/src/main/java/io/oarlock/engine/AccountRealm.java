package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Local accounts: a name and a password, with lock-out after repeated failures. */
final class AccountRealm implements Realm {
  static final String TYPE = "account";

  /** Claims the name of an account for the whole platform, so that nobody can pose as another. */
  static final String NAME_CLAIM = "accountname";

  /** Failures in a row before the account is locked for a while. */
  static final int FAILURES_MAX = 5;

  static final Duration LOCK = Duration.ofMinutes(5);

  /** Compared with when there is no such account, so that the answer takes the same time. */
  private static final String NOBODY = "argon2id:v19:" + "A".repeat(22) + ":" + "A".repeat(43);

  private final ResourceStore store;
  private final ResourceType type;
  private final Vault vault;
  private final Clock clock;

  AccountRealm(ResourceStore store, ResourceType type, Vault vault, Clock clock) {
    this.store = store;
    this.type = type;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "Account";
  }

  @Override
  public Proof prove(Map<String, Object> metadata, Call.Origin origin) {
    var name = Trees.text(metadata, "account").orElseThrow(AccountRealm::incomplete);
    var password = Trees.text(metadata, "password").orElseThrow(AccountRealm::incomplete);
    var account = find(name);
    var hash = account.flatMap(this::hash).orElse(NOBODY);
    var matches = Passwords.verify(password, hash);
    if (account.isEmpty()) {
      throw refused();
    }
    requireUnlocked(account.get());
    if (!matches) {
      count(account.get());
      throw refused();
    }
    requireActive(account.get());
    var step = oneTimePassword(account.get(), metadata);
    reset(account.get(), step);
    return proof(account.get());
  }

  private static Problem incomplete() {
    return Problem.malformed(
        "The realm Account wants metadata {\"account\": \"…\", \"password\": \"…\"}");
  }

  private static Problem refused() {
    return Problem.unauthenticated("wrong-credentials", "Account or password is wrong");
  }

  private Optional<Document> find(String name) {
    var named = new Filter.Compare("name", Filter.Comparison.EQUAL, name);
    var query = Query.all(TYPE, new Query.Scope.Everywhere()).where(named).limit(1);
    return store.list(query).documents().stream().findFirst();
  }

  private Optional<String> hash(Document account) {
    return Trees.text(vault.open(type, account.id(), account.body()), "passwordHash");
  }

  private void requireUnlocked(Document account) {
    var until = Trees.instant(account.body(), "lockedUntil");
    if (until.filter(clock.instant()::isBefore).isPresent()) {
      throw Problem.tooMany(
          "locked-out",
          "Too many wrong passwords; the account opens again at " + Instants.text(until.get()));
    }
  }

  private static void requireActive(Document account) {
    if (Trees.text(account.body(), "status").filter("Disabled"::equals).isPresent()) {
      throw Problem.unauthenticated("account-disabled", "The account is disabled");
    }
  }

  private void count(Document account) {
    var failures = Trees.number(account.body(), "failedSignIns", 0) + 1;
    var body = new LinkedHashMap<>(account.body());
    body.put("failedSignIns", failures % FAILURES_MAX);
    if (failures >= FAILURES_MAX) {
      body.put("lockedUntil", Instants.text(clock.instant().plus(LOCK)));
    }
    put(account, body);
  }

  /** The step of the code that was given; empty where the account wants none. */
  private OptionalLong oneTimePassword(Document account, Map<String, Object> metadata) {
    var open = vault.open(type, account.id(), account.body());
    if (!Trees.truth(open, "otpEnabled")) {
      return OptionalLong.empty();
    }
    var code = Trees.text(metadata, "otp");
    if (code.isEmpty()) {
      throw Problem.unauthenticated(
          "otp-required", "This account wants a one-time password too: metadata.otp");
    }
    var last = Trees.number(open, "otpLastStep", 0);
    var step = Totp.step(code.get(), Trees.required(open, "otpSecret"), clock.instant(), last);
    if (step.isEmpty()) {
      count(account);
      throw refused();
    }
    return step;
  }

  private void reset(Document account, OptionalLong step) {
    if (step.isPresent() || Trees.number(account.body(), "failedSignIns", 0) > 0) {
      var body = new LinkedHashMap<>(account.body());
      step.ifPresent(used -> body.put("otpLastStep", used));
      body.put("failedSignIns", 0L);
      body.remove("lockedUntil");
      put(account, body);
    }
  }

  /** Book-keeping of sign-ins is no change of the account: no event, and a lost race is no harm. */
  private void put(Document account, Map<String, Object> body) {
    var version = account.version() + 1;
    body.put("version", version);
    var document =
        new Document(TYPE, account.id(), account.namespace(), version, body, account.expiresAt());
    try {
      store.commit(
          Batch.builder().write(new Batch.Write.Replace(document, account.version())).build());
    } catch (ConflictException e) {
      // Another sign-in of the same account counted at the same moment.
    }
  }

  private static Proof proof(Document account) {
    var claims = new HashSet<String>();
    claims.add("@auth:realm=account");
    claims.add("@auth:account=" + Trees.required(account.body(), "name"));
    claims.add("@auth:id=" + account.id());
    claims.add("@auth:namespace=" + account.namespace());
    Trees.text(account.body(), "email").ifPresent(email -> claims.add("@auth:email=" + email));
    return new Proof(claims, Principal.Restrictions.NONE, Tokens.VALIDITY_MAX);
  }
}
