package io.oarlock.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list, fetched page by page while it is read, and anew each time it is read. It goes on behind
 * the last element even while others write.
 */
public final class Listing<R extends Record> implements Iterable<Stored<R>> {
  private static final int LIST_MAX = 10_000;

  private final ListOptions options;
  private final Function<ListOptions, Page<R>> fetch;

  Listing(ListOptions options, Function<ListOptions, Page<R>> fetch) {
    this.options = options;
    this.fetch = fetch;
  }

  @Override
  public Iterator<Stored<R>> iterator() {
    return stream().iterator();
  }

  /** One after the other, lazily. */
  public Stream<Stored<R>> stream() {
    return pages().flatMap(page -> page.items().stream());
  }

  /** Page after page, each asked for when it is needed. */
  public Stream<Page<R>> pages() {
    Iterable<Page<R>> pages = Pages::new;
    return StreamSupport.stream(pages.spliterator(), false);
  }

  /** All of it at once, up to 10,000. */
  public List<Stored<R>> toList() {
    return toList(LIST_MAX);
  }

  /**
   * All of it at once.
   *
   * @throws IllegalStateException when there are more than {@code most}
   */
  public List<Stored<R>> toList(int most) {
    var all = new ArrayList<Stored<R>>();
    for (var pages = pages().iterator(); pages.hasNext(); ) {
      var page = pages.next();
      all.addAll(page.items());
      if (all.size() > most) {
        throw new IllegalStateException(
            "The list has %d elements, more than %d: iterate over it, or ask for more"
                .formatted(page.total(), most));
      }
    }
    return List.copyOf(all);
  }

  private final class Pages implements Iterator<Page<R>> {
    private @Nullable Page<R> last;

    @Override
    public boolean hasNext() {
      return last == null || last.next().isPresent();
    }

    @Override
    public Page<R> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the list is over");
      }
      var next = last == null ? Optional.<String>empty() : last.next();
      var page = fetch.apply(next.map(options::after).orElse(options));
      last = page;
      return page;
    }
  }
}
