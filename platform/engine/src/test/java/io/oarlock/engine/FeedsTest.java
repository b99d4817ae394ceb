package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.NamespacePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event feeds while others write. */
class FeedsTest {
  private static final int WRITERS = 4;
  private static final int WRITES = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void eachFeedGetsAllThatConcernsItAndNothingElse() throws Exception {
    var both = Set.of("externalnetwork", "namespace");
    var ofNetworks = feed(Set.of("externalnetwork"));
    var ofNamespaces = feed(Set.of("namespace"));
    var ofBoth = feed(both);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var networks = threads.submit(() -> read(ofNetworks, WRITERS * WRITES, 7));
      var namespaces = threads.submit(() -> read(ofNamespaces, WRITERS, 500));
      var all = threads.submit(() -> read(ofBoth, WRITERS * (WRITES + 1), 1));
      for (var writer = 0; writer < WRITERS; writer++) {
        var name = "w" + writer;
        var _ = threads.submit(() -> write(name));
      }
      assertThat(networks.get()).isEqualTo(logged(Set.of("externalnetwork")));
      assertThat(namespaces.get()).isEqualTo(logged(Set.of("namespace")));
      assertThat(all.get()).isEqualTo(logged(both));
    }
  }

  /** It goes on after them, however long nothing concerned it. */
  @Test
  void aFeedPassesOverWhatDoesNotConcernIt() throws Exception {
    try (var feed = feed(Set.of("account"))) {
      assertThat(feed.next(10, Duration.ZERO)).isEmpty();
      write("w");
      var head = platform.store.events().head();
      Waiting.until(() -> position(feed) >= head, "the feed to have passed " + head);
    }
  }

  private static long position(EventFeed feed) {
    try {
      assertThat(feed.next(10, Duration.ZERO)).isEmpty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return feed.position();
  }

  private Void write(String name) {
    admin.create("namespace", "/acme", Map.of("name", name));
    for (var i = 0; i < WRITES; i++) {
      var body = Map.<String, Object>of("name", name + i, "entries", List.of("10.0.0.0/8"));
      admin.create("externalnetwork", "/acme", body);
    }
    return null;
  }

  private EventFeed feed(Set<String> types) {
    var principal = platform.engine.authenticate(admin.token(), TestPlatform.origin());
    var acme = NamespacePath.of("/acme");
    var request =
        new EventFeed.Request(acme, true, types, Set.of(), Optional.empty(), Optional.empty());
    return platform.engine.subscribe(principal, request);
  }

  private static List<Object> read(EventFeed feed, int most, int limit)
      throws InterruptedException {
    var seen = new ArrayList<>();
    try (feed) {
      while (seen.size() < most) {
        var some = feed.next(limit, PATIENCE);
        assertThat(some).as("after %d events", seen.size()).isNotEmpty();
        some.forEach(event -> seen.add(event.get("id")));
      }
      assertThat(feed.next(limit, Duration.ofMillis(50))).isEmpty();
    }
    return seen;
  }

  private List<Object> logged(Set<String> types) {
    return platform.events().stream()
        .filter(event -> types.contains(event.type()))
        .filter(event -> NamespacePath.of("/acme").equals(event.namespace()))
        .<Object>map(event -> event.id())
        .toList();
  }
}
