package io.oarlock.marketplace.bundle;

import io.oarlock.model.Formats;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tests of an app, run without a platform: answers in, resources out, each of them valid. */
public final class Trials {
  private static final String NAMESPACE = "/test";
  private static final String INSTALLATION = "test";

  private Trials() {}

  /** How a test ended; well when there are no faults. */
  public record Trial(String name, List<String> faults) {
    public Trial {
      faults = List.copyOf(faults);
    }
  }

  /** Runs the tests of the manifest. */
  public static List<Trial> of(Bundle bundle, ResourceModel platform) {
    return bundle.manifest().tests().stream()
        .map(test -> new Trial(test.name(), faults(test, bundle, platform)))
        .toList();
  }

  private static List<String> faults(
      AppManifest.AppTest test, Bundle bundle, ResourceModel platform) {
    var result = Rendering.of(bundle, test.parameters(), NAMESPACE, INSTALLATION);
    var faults = new ArrayList<String>();
    if (!test.refuses().isEmpty()) {
      var refused =
          result.violations().stream()
              .map(each -> each.pointer().replaceFirst("^/parameters/([^/]*).*$", "$1"))
              .collect(Collectors.toSet());
      compare("refuses", test.refuses(), refused, faults);
      return faults;
    }
    result.violations().forEach(each -> faults.add(each.pointer() + ": " + each.detail()));
    if (faults.isEmpty()) {
      var made = result.resources().stream().map(Rendering.Made::key).collect(Collectors.toSet());
      compare("makes", test.makes(), made, faults);
      result.resources().forEach(each -> faults.addAll(invalid(each, platform)));
    }
    return faults;
  }

  private static void compare(
      String what, Set<String> promised, Set<String> actual, List<String> faults) {
    var missing = new HashSet<>(promised);
    missing.removeAll(actual);
    var more = new HashSet<>(actual);
    more.removeAll(promised);
    missing.stream()
        .sorted()
        .forEach(each -> faults.add("it says it " + what + " " + each + ", and does not"));
    more.stream()
        .sorted()
        .forEach(each -> faults.add("it " + what + " " + each + ", and does not say so"));
  }

  private static List<String> invalid(Rendering.Made made, ResourceModel platform) {
    var type = platform.require(made.type());
    var body = new HashMap<>(made.body());
    body.put("name", made.name());
    var names = platform.types().stream().map(ResourceType::name).toList();
    return new Validator(Formats.of(names, Map.of()))
        .validate(type, body, Validator.Mode.CREATE, Optional.empty()).stream()
            .map(each -> made.key() + each.pointer() + ": " + each.detail())
            .toList();
  }
}
