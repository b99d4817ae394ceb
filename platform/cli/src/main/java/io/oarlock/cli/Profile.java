package io.oarlock.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A platform somebody logged in to, and as whom.
 *
 * @param user local account, when it was logged in to with one
 * @param passwordFile where its password is, so that the token can be renewed
 * @param validity ISO 8601 duration asked for
 * @param namespace commands work in, without {@code -n}
 */
record Profile(
    Endpoint endpoint,
    String token,
    Instant issuedAt,
    Optional<Instant> expiresAt,
    Optional<String> user,
    Optional<String> passwordFile,
    Optional<String> validity,
    Optional<String> namespace) {

  static Profile read(Map<String, Object> tree) {
    return new Profile(
        new Endpoint(Tree.text(tree, "url").orElse(""), Tree.text(tree, "ca")),
        Tree.text(tree, "token").orElse(""),
        Instant.parse(Tree.text(tree, "issuedAt").orElse("1970-01-01T00:00:00Z")),
        Tree.text(tree, "expiresAt").map(Instant::parse),
        Tree.text(tree, "user"),
        Tree.text(tree, "passwordFile"),
        Tree.text(tree, "validity"),
        Tree.text(tree, "namespace"));
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("url", endpoint.url());
    user.ifPresent(value -> tree.put("user", value));
    namespace.ifPresent(value -> tree.put("namespace", value));
    passwordFile.ifPresent(value -> tree.put("passwordFile", value));
    validity.ifPresent(value -> tree.put("validity", value));
    tree.put("issuedAt", issuedAt.toString());
    expiresAt.ifPresent(value -> tree.put("expiresAt", value.toString()));
    tree.put("token", token);
    endpoint.ca().ifPresent(value -> tree.put("ca", value));
    return tree;
  }

  Profile withNamespace(Optional<String> name) {
    return new Profile(endpoint, token, issuedAt, expiresAt, user, passwordFile, validity, name);
  }

  /** Whether half of the token's life is over: renewed early, no command meets its end. */
  boolean isAging(Instant now) {
    return expiresAt
        .filter(end -> now.isAfter(issuedAt.plus(Duration.between(issuedAt, end).dividedBy(2))))
        .isPresent();
  }

  boolean isExpired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }
}
