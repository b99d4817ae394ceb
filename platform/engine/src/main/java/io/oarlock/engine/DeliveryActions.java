package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be asked of deliveries. */
final class DeliveryActions {
  private final ResourceStore store;
  private final Lookup lookup;
  private final Deliveries deliveries;
  private final Deliverer deliverer;
  private final Clock clock;

  DeliveryActions(
      ResourceStore store, Lookup lookup, Deliveries deliveries, Deliverer deliverer, Clock clock) {
    this.store = store;
    this.lookup = lookup;
    this.deliveries = deliveries;
    this.deliverer = deliverer;
    this.clock = clock;
  }

  Map<String, Actions> all() {
    return Map.of("delivery/redrive", this::redrive);
  }

  /** The same message with the same id, as if it had never been tried. */
  private Map<String, Object> redrive(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    var delivery =
        lookup
            .find(call.type(), call.namespace(), id)
            .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), id));
    if (!Deliveries.Status.DEAD_LETTERED.wire.equals(delivery.body().get("status"))) {
      throw Problem.conflict(
          "not-given-up",
          "Only a delivery that was given up is sent again; this one is "
              + delivery.body().get("status"));
    }
    var next = pending(delivery);
    try {
      store.commit(
          Batch.builder().write(new Batch.Write.Replace(next, delivery.version())).build());
    } catch (ConflictException e) {
      throw Problem.conflict("busy", "Somebody else redrives it right now; read it again");
    }
    deliverer.wake();
    return Map.of();
  }

  private Document pending(Document delivery) {
    var now = Instants.text(clock.instant());
    var row = new LinkedHashMap<>(delivery.body());
    row.put("status", Deliveries.Status.PENDING.wire);
    row.put("attempts", List.of());
    row.put("updateTime", now);
    row.put("nextAttemptAt", now);
    return deliveries.document(delivery.namespace(), row, delivery.version() + 1);
  }
}
