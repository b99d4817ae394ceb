package io.oarlock.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCacheTest {
  private static final String MARKER = "front-to-back";

  @TempDir private Path folder;
  private final SignedSets sets = new SignedSets();
  private final Enrolment enrolment = sets.enrolment();
  private PolicyCache cache;

  @BeforeEach
  void open() {
    cache = new PolicyCache(new StateFolder(folder), enrolment);
  }

  @Test
  void whatWasSavedIsThereAgainAndCannotBeReadByOthers() throws IOException {
    save(7);

    assertThat(cache.load().orElseThrow().epoch()).isEqualTo(7);
    assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).doesNotContain(MARKER);
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
  }

  @Test
  void anyChangedByteIsNoticed() throws IOException {
    save(7);
    var bytes = Files.readAllBytes(file());
    for (var i = 0; i < bytes.length; i += 37) {
      bytes[i] ^= 1;
      Files.write(file(), bytes);
      refused("it was changed");
      bytes[i] ^= 1;
    }
  }

  @Test
  void anOlderSetPutBackIsNoticed() throws IOException {
    save(7);
    var old = Files.readAllBytes(file());
    save(8);
    Files.write(file(), old);

    refused("older than what was here before");
  }

  @Test
  void aSetTakenAwayIsNoticed() throws IOException {
    save(7);
    Files.delete(file());

    refused("it was removed");
  }

  @Test
  void theCacheOfAnotherEnforcerIsNotUsed() {
    save(7);
    cache = new PolicyCache(new StateFolder(folder), sets.enrolment());

    refused("another enforcer");
  }

  private void save(long epoch) {
    cache.save(SignedPolicies.verify(sets.set(epoch), enrolment));
  }

  private Path file() {
    return folder.resolve(PolicyCache.FILE);
  }

  private void refused(String reason) {
    assertThatThrownBy(cache::load)
        .isInstanceOf(AgentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("Nothing is allowed");
  }
}
