package io.oarlock.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes that happen together or not at all: documents, their index entries and their events.
 *
 * @param writes in order, at most {@link #WRITES_MAX}
 * @param events appended to the log in order, with the sequence numbers the commit gives them
 */
public record Batch(List<Write> writes, List<NewEvent> events) {
  /** Most writes in one batch. */
  public static final int WRITES_MAX = 1000;

  public Batch {
    writes = List.copyOf(writes);
    events = List.copyOf(events);
    if (writes.size() > WRITES_MAX) {
      throw new IllegalArgumentException("A batch has at most " + WRITES_MAX + " writes");
    }
  }

  /** One change of one document. */
  public sealed interface Write {
    String type();

    String id();

    /** Adds a document; refused where the id is there already. */
    record Insert(Document document) implements Write {
      @Override
      public String type() {
        return document.type();
      }

      @Override
      public String id() {
        return document.id();
      }
    }

    /** Replaces a document whose stored version is the expected one. */
    record Replace(Document document, long expectedVersion) implements Write {
      @Override
      public String type() {
        return document.type();
      }

      @Override
      public String id() {
        return document.id();
      }
    }

    /** Puts a document whatever is there: for records that only one writer owns. */
    record Put(Document document) implements Write {
      @Override
      public String type() {
        return document.type();
      }

      @Override
      public String id() {
        return document.id();
      }
    }

    /** Removes a document whose stored version is the expected one; 0 means whatever it is. */
    record Remove(String type, String id, long expectedVersion) implements Write {}

    /**
     * Changes nothing; the batch is refused unless the stored version is the expected one, or, for
     * 0, nothing is there.
     */
    record Check(String type, String id, long expectedVersion) implements Write {}
  }

  /** The events as they are in a log whose newest was that one before. */
  public static List<Event> numbered(List<NewEvent> events, long head) {
    var numbered = new ArrayList<Event>(events.size());
    for (var event : events) {
      numbered.add(new Event(head + numbered.size() + 1, event));
    }
    return numbered;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of a batch; used by one thread. */
  public static final class Builder {
    private final List<Write> writes = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();

    public Builder write(Write write) {
      writes.add(write);
      return this;
    }

    public Builder event(NewEvent event) {
      events.add(event);
      return this;
    }

    /** Whether a write of that document is in it already. */
    public boolean writes(String type, String id) {
      return writes.stream().anyMatch(w -> w.type().equals(type) && w.id().equals(id));
    }

    /** How many writes it has. */
    public int size() {
      return writes.size();
    }

    public boolean isEmpty() {
      return writes.isEmpty() && events.isEmpty();
    }

    public Batch build() {
      return new Batch(writes, events);
    }
  }
}
