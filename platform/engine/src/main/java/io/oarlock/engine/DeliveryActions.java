package io.oarlock.engine;

import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.util.Map;
import java.util.Set;

/** What can be asked of deliveries. */
final class DeliveryActions {
  private static final Set<String> ENDED =
      Set.of(Deliveries.Status.DELIVERED.wire, Deliveries.Status.DEAD_LETTERED.wire);

  private final ResourceStore store;
  private final Lookup lookup;
  private final Deliveries deliveries;
  private final Deliverer deliverer;

  DeliveryActions(ResourceStore store, Lookup lookup, Deliveries deliveries, Deliverer deliverer) {
    this.store = store;
    this.lookup = lookup;
    this.deliveries = deliveries;
    this.deliverer = deliverer;
  }

  Map<String, Actions> all() {
    return Map.of("delivery/redrive", this::redrive, "delivery/replay", this::replay);
  }

  private Map<String, Object> redrive(ActionCall call) {
    var delivery = delivery(call);
    if (!Deliveries.Status.DEAD_LETTERED.wire.equals(delivery.body().get("status"))) {
      throw Problem.conflict(
          "not-given-up",
          "Only a delivery that was given up is redriven; this one is "
              + delivery.body().get("status")
              + ". To send one again that was delivered, replay it");
    }
    return again(delivery);
  }

  private Map<String, Object> replay(ActionCall call) {
    var delivery = delivery(call);
    if (!ENDED.contains(String.valueOf(delivery.body().get("status")))
        || !delivery.body().containsKey("message")) {
      throw Problem.conflict(
          "not-ended",
          "Only a message of a Post hook that was delivered or given up is replayed; this one is "
              + delivery.body().get("mode")
              + ", "
              + delivery.body().get("status"));
    }
    return again(delivery);
  }

  private Document delivery(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    return lookup
        .find(call.type(), call.namespace(), id)
        .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), id));
  }

  /** The same message with the same id, as if it had never been tried. */
  private Map<String, Object> again(Document delivery) {
    if (!Hook.TYPE.equals(delivery.body().get("sourceType"))) {
      throw Problem.conflict(
          "forwarded",
          "An event that a forwarder gave up is sent again by rewinding the forwarder");
    }
    var next = deliveries.changed(delivery, deliveries.untried(delivery));
    try {
      store.commit(
          Batch.builder().write(new Batch.Write.Replace(next, delivery.version())).build());
    } catch (ConflictException e) {
      throw Problem.conflict("busy", "Somebody else redrives it right now; read it again");
    }
    deliverer.wake(Trees.required(delivery.body(), "source"), delivery.namespace());
    return Map.of();
  }
}
