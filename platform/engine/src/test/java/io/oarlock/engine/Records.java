package io.oarlock.engine;

import io.oarlock.model.Formats;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.model.Validator;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether all that is stored is what the model says, whoever wrote it. */
final class Records {
  private final ResourceModel model;
  private final ResourceStore store;
  private final Vault vault;
  private final Validator validator;

  Records(ResourceModel model, ResourceStore store, Map<Integer, byte[]> vaultKeys) {
    this.model = model;
    this.store = store;
    this.vault = new Vault(vaultKeys);
    this.validator =
        new Validator(
            Formats.of(model.types().stream().map(ResourceType::name).toList(), Map.of()));
  }

  /** What is not, in words. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    for (var type : model.types()) {
      if (type.has(Trait.STORED)) {
        all(type).forEach(document -> check(type, document, faults));
      }
    }
    return faults;
  }

  List<Document> all(ResourceType type) {
    var found = new ArrayList<Document>();
    Optional<String> after = Optional.empty();
    do {
      var page = store.list(Query.all(type.name(), new Query.Scope.Everywhere()).after(after));
      found.addAll(page.documents());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  private void check(ResourceType type, Document document, List<String> faults) {
    var body = vault.open(type, document.id(), document.body());
    validator
        .validate(type, body, Validator.Mode.PLATFORM, Optional.empty())
        .forEach(fault -> faults.add(type.name() + " " + document.id() + ": " + fault.detail()));
  }
}
