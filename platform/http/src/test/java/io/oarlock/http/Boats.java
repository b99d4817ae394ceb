package io.oarlock.http;

import io.oarlock.model.Action;
import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TextFormat;
import io.oarlock.model.ValueType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small model with every kind of value in it. */
final class Boats {
  static final ResourceType BOAT =
      new ResourceType(
          "boat",
          "boats",
          "Fleet",
          "A boat of the fleet. It floats.",
          List.of("vessel"),
          Set.of(Operation.values()),
          Set.of(),
          List.of(
              read("id", text(64), "65f0a1"),
              read("namespace", format(TextFormat.NAMESPACE), "/acme"),
              attribute("name", text(32), "argo", true),
              read("version", new ValueType.Whole(0, Long.MAX_VALUE), 1L),
              read("createTime", format(TextFormat.INSTANT), "2026-11-21T23:50:00.000Z"),
              attribute("oars", new ValueType.Whole(0, 170), 50L, false),
              attribute(
                  "draught",
                  new ValueType.Decimal(new BigDecimal("0.1"), new BigDecimal("20")),
                  1.5,
                  false),
              attribute("afloat", new ValueType.Bool(), true, false),
              attribute(
                  "rig",
                  new ValueType.Choice(List.of("Bare", "Square"), Map.of("Bare", "No sail.")),
                  "Square",
                  false),
              attribute(
                  "crew", new ValueType.ListOf(text(32), 0, 200, true), List.of("jason"), false),
              attribute(
                  "cargo",
                  new ValueType.MapOf(new ValueType.Anything(1024), 16, text(32)),
                  Map.of("fleece", 1L),
                  false),
              attribute("trigger", oneOf(), Map.of("kind", "OnCall", "response", "Sync"), false)),
          List.of(),
          List.of(
              action("launch", "POST", false),
              action("log", "GET", false),
              action("census", "GET", true)),
          Optional.empty(),
          Map.of("name", "argo"));

  static final ResourceType ISSUE =
      new ResourceType(
          "issue",
          "issue",
          "Who",
          "A proof that becomes a token.",
          List.of(),
          Set.of(Operation.CREATE),
          Set.of(),
          List.of(attribute("realm", text(32), "Account", true)),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of("realm", "Account"));

  static final ResourceModel MODEL = new ResourceModel(List.of(ISSUE, BOAT));

  private Boats() {}

  private static ValueType oneOf() {
    var variants = new LinkedHashMap<String, ValueType.ObjectOf>();
    variants.put(
        "OnCall", new ValueType.ObjectOf(List.of(attribute("response", text(8), "Sync", false))));
    variants.put(
        "OnSchedule",
        new ValueType.ObjectOf(
            List.of(attribute("cron", format(TextFormat.CRON), "0/2 * * * * ?", true))));
    return new ValueType.OneOf(variants, Map.of("OnCall", "Somebody calls."));
  }

  private static Action action(String name, String method, boolean onType) {
    return new Action(
        name,
        method,
        "Does " + name + ".",
        onType,
        Operation.UPDATE,
        Optional.of(new ValueType.ObjectOf(List.of(attribute("port", text(32), "iolkos", false)))),
        Optional.empty());
  }

  private static ValueType.Text text(int max) {
    return new ValueType.Text(0, max, TextFormat.PLAIN, false, Optional.empty(), Optional.empty());
  }

  private static ValueType format(TextFormat format) {
    return new ValueType.Text(0, 256, format, false, Optional.empty(), Optional.empty());
  }

  private static Attribute read(String name, ValueType type, Object example) {
    return new Attribute(
        name,
        type,
        name,
        "What it says.",
        Optional.of(example),
        Optional.empty(),
        false,
        Set.of(Flag.READ_ONLY));
  }

  private static Attribute attribute(
      String name, ValueType type, Object example, boolean required) {
    return new Attribute(
        name,
        type,
        name,
        "What it says.",
        Optional.of(example),
        Optional.empty(),
        required,
        Set.of());
  }
}
