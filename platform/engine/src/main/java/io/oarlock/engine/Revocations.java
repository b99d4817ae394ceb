package io.oarlock.engine;

import io.oarlock.model.TagExpression;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens that count no more, by id or by what they claim. */
final class Revocations {
  private final Mirror<Revoked> mirror;
  private volatile Set<String> ids = Set.of();
  private volatile List<Revoked> bySubject = List.of();

  private record Revoked(Optional<String> tokenId, TagExpression subject, Instant issuedBefore) {}

  Revocations(Journal journal) {
    mirror =
        new Mirror<>(
            journal.store(),
            "revocation",
            (_, body) ->
                new Revoked(
                    Trees.text(body, "tokenId"),
                    Trees.expression(body.get("subject")),
                    Trees.instant(body, "issuedBefore")
                        .or(() -> Trees.instant(body, "createTime"))
                        .orElse(Instant.MAX)));
    mirror.onChange(this::rebuild);
    journal.mirror(mirror);
  }

  private void rebuild() {
    var found = new HashSet<String>();
    mirror.all().forEach(revoked -> revoked.tokenId().ifPresent(found::add));
    ids = found;
    bySubject = mirror.all().stream().filter(r -> r.tokenId().isEmpty()).toList();
  }

  boolean revoked(Principal principal) {
    if (principal.tokenId().filter(ids::contains).isPresent()) {
      return true;
    }
    for (var revoked : bySubject) {
      if (revoked.subject().matches(principal.claims())
          && principal.issuedAt().filter(revoked.issuedBefore()::isAfter).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
