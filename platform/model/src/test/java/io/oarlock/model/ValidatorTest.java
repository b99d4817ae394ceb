package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Validator.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidatorTest {
  private final ResourceType gadget = ModelReader.read(List.of(Gadget.class)).require("gadget");
  private final Validator validator = new Validator(Formats.of(List.of("gadget"), Map.of()));

  private static Map<String, Object> tree(String json) {
    return Trees.object((Map<?, ?>) Literals.parse(json));
  }

  /** A body with all that is required, and more. */
  private static Map<String, Object> body(String more) {
    var body =
        tree(
            "{'name': 'winder', 'owner': '/acme', 'power': {'kind': 'Motor', 'volts': 12}}"
                .replace('\'', '"'));
    body.putAll(tree("{" + more + "}"));
    return body;
  }

  private List<Violation> create(Map<String, Object> body) {
    return validator.validate(gadget, body, Mode.CREATE, Optional.empty());
  }

  /** Code and pointer of each violation. */
  private static List<String> found(List<Violation> violations) {
    return violations.stream().map(each -> each.code() + " " + each.pointer()).toList();
  }

  private Map<String, Object> stored() {
    var stored = validator.complete(gadget, body("\"key\": \"s3same\""));
    stored.put("id", "g1");
    stored.put("hash", "h");
    stored.put("ticket", "t");
    return stored;
  }

  @Test
  void allViolationsAreToldAtOnce() {
    var body =
        body(
            """
            "finsh": 1, "finish": "MattBlak", "weight": 0.1, "turns": 1.5, "span": "1 day",
            "next": "now", "parts": [{"number": "p-1"}, {"count": 3}], "words": ["a", "a"],
            "networks": ["10.0.0.0/33"], "subject": [[]], "key": "abc", "id": "x", "hash": "x",
            "notes": 3
            """);
    body.put("name", "no" + (char) 7 + "!");

    assertThat(found(create(body)))
        .containsExactlyInAnyOrder(
            "unknown-attribute /finsh",
            "not-a-choice /finish",
            "out-of-range /weight",
            "wrong-type /turns",
            "bad-format /span",
            "bad-format /next",
            "required /parts/1/number",
            "duplicate /words/1",
            "bad-format /networks/0",
            "too-short /subject/0",
            "too-short /key",
            "read-only /id",
            "unknown-attribute /hash",
            "wrong-type /notes",
            "control-character /name");
  }

  @Test
  void slipsOfTheFingerAreAnsweredWithTheWordThatWasMeant() {
    var violations = create(body("\"finsh\": 1, \"turns\": 3, \"power\": {\"kind\": \"Crnk\"}"));

    assertThat(violations)
        .extracting(each -> each.hint().orElse(""))
        .containsExactlyInAnyOrder("Did you mean \"finish\"?", "Did you mean \"Crank\"?");
  }

  @Test
  void pointersEscapeWhatJsonPointersReserve() {
    assertThat(found(create(body("\"a/b~c\": 1")))).containsExactly("unknown-attribute /a~1b~0c");
  }

  @Test
  void aCompletedBodyHasDefaultsAndTheOrderOfTheModel() {
    var complete = validator.complete(gadget, body("\"turns\": 3, \"extra\": {\"z\": [1, 2.5]}"));

    assertThat(complete.keySet())
        .containsExactly(
            "name",
            "protected",
            "owner",
            "power",
            "finish",
            "turns",
            "span",
            "parts",
            "words",
            "networks",
            "notes",
            "extra",
            "subject");
    assertThat(complete).containsEntry("finish", "MattBlack").containsEntry("turns", 3L);
    assertThat(complete.get("power")).hasToString("{kind=Motor, volts=12.0, on=false}");
  }

  @Test
  void twoSpellingsOfOneTextAreStoredAsOne() {
    var decomposed = body("\"next\": \"2026-11-22T00:50:00.1234+01:00\"");
    decomposed.put("name", "e\u0301te\u0301");

    assertThat(create(decomposed)).isEmpty();
    assertThat(validator.complete(gadget, decomposed))
        .containsEntry("name", "\u00e9t\u00e9")
        .containsEntry("next", "2026-11-21T23:50:00.123Z");
  }

  @Test
  void whatWasReadCanBeSentBackEdited() {
    var read = new Masking().forReaders(gadget, stored());
    read.put("turns", 8L);

    assertThat(read).containsEntry("key", Masking.MASK).doesNotContainKeys("hash", "ticket");
    assertThat(validator.validate(gadget, read, Mode.REPLACE, Optional.of(stored()))).isEmpty();
    assertThat(validator.complete(gadget, read, Mode.REPLACE, Optional.of(stored())))
        .containsEntry("turns", 8L)
        .containsEntry("key", "s3same")
        .containsEntry("hash", "h")
        .containsEntry("id", "g1");
  }

  @Test
  void whatCallersMayNotChangeIsRefused() {
    var changed = body("\"id\": \"g2\", \"hash\": \"guess\"");
    changed.put("owner", "/other");

    assertThat(found(validator.validate(gadget, changed, Mode.REPLACE, Optional.of(stored()))))
        .containsExactlyInAnyOrder("read-only /id", "unknown-attribute /hash", "immutable /owner");
  }

  @Test
  void aPatchRemovesASecretAndAReplacementKeepsIt() {
    var patched = stored();
    patched.remove("key");

    assertThat(validator.validate(gadget, patched, Mode.PATCH, Optional.of(stored()))).isEmpty();
    assertThat(validator.complete(gadget, patched, Mode.PATCH, Optional.of(stored())))
        .doesNotContainKey("key");
    assertThat(validator.complete(gadget, body(""), Mode.REPLACE, Optional.of(stored())))
        .containsEntry("key", "s3same");
  }

  @Test
  void aPatchOfWhatWasShownKeepsWhatWasNot() {
    var patched = MergePatch.apply(new Masking().forReaders(gadget, stored()), Map.of("turns", 9L));

    assertThat(validator.validate(gadget, patched, Mode.PATCH, Optional.of(stored()))).isEmpty();
    assertThat(validator.complete(gadget, patched, Mode.PATCH, Optional.of(stored())))
        .containsEntry("key", "s3same")
        .containsEntry("hash", "h");
  }

  @Test
  void aHookMayChangeWhatCannotBeChangedLater() {
    var amended = new LinkedHashMap<>(stored());
    amended.remove("hash");
    amended.put("owner", "/other");

    assertThat(validator.validate(gadget, amended, Mode.AMEND, Optional.of(stored()))).isEmpty();
    amended.put("id", "g2");
    assertThat(found(validator.validate(gadget, amended, Mode.AMEND, Optional.of(stored()))))
        .containsExactly("read-only /id");
  }

  @Test
  void theMaskIsNoSecret() {
    assertThat(found(create(body("\"key\": \"***\"")))).containsExactly("bad-format /key");
  }

  @Test
  void thePlatformWritesWhatCallersCannot() {
    assertThat(validator.validate(gadget, stored(), Mode.PLATFORM, Optional.empty())).isEmpty();
    assertThat(validator.complete(gadget, stored(), Mode.PLATFORM, Optional.empty()))
        .isEqualTo(stored());
  }

  @Test
  @SuppressWarnings("NullAway") // bodies of callers hold null
  void nullCountsAsAbsent() {
    var body = body("");
    body.put("weight", null);

    assertThat(create(body)).isEmpty();
    assertThat(validator.complete(gadget, body)).doesNotContainKey("weight");
  }

  @Test
  void freeFormValuesAreBoundedInBytesAndDepth() {
    var long64 = body("\"extra\": {\"a\": \"%s\"}".formatted("x".repeat(60)));
    var deep = body("\"extra\": {\"a\": %s}".formatted("[".repeat(40) + "]".repeat(40)));

    assertThat(found(create(long64))).containsExactly("too-long /extra");
    assertThat(found(create(deep))).containsExactly("too-deep /extra");
  }

  @Test
  void aFloodOfFaultsIsCutShort() {
    var body = body("");
    for (var i = 0; i < 10_000; i++) {
      body.put("x" + i, 1L);
    }
    assertThat(create(body)).hasSize(Findings.VIOLATIONS_MAX);
  }

  @Test
  void valuesOfTheWrongKindNeverBreakTheValidator() {
    var values = new ArrayList<Object>(List.of(1L, "x", true, 2.5, List.of(1L), Map.of("a", 1L)));
    for (var attribute : gadget.attributes()) {
      for (var value : values) {
        var body = new LinkedHashMap<>(body(""));
        body.put(attribute.name(), value);
        if (create(body).isEmpty()) {
          assertThat(validator.complete(gadget, body)).containsKey(attribute.name());
        }
      }
    }
  }
}
