package io.oarlock.store;

import java.util.List;
import java.util.Optional;

/** Documents of one page, and where the next begins, if there is one. */
public record Page(List<Document> documents, Optional<String> next) {
  public Page {
    documents = List.copyOf(documents);
  }
}
