package io.oarlock.model;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How Java names become the words of the API. */
final class Names {
  /** Written in capitals in labels. */
  private static final Set<String> INITIALISMS =
      Set.of(
          "API", "AWS", "CA", "CPU", "CSR", "DNS", "ECS", "ENI", "FQDN", "GCP", "HMAC", "HTTP",
          "HTTPS", "IP", "JWT", "JWKS", "LDAP", "MTLS", "OIDC", "OTLP", "PEM", "RDS", "RKT", "SAML",
          "SMTP", "SSH", "TCP", "TLS", "TTL", "UDP", "URI", "URL");

  private Names() {}

  /** The wire form of an enum constant: {@link Wire}, or {@code UPPER_SNAKE} as UpperSnake. */
  static String wire(Enum<?> constant) {
    var exact = field(constant).getAnnotation(Wire.class);
    return exact == null ? upperCamel(constant.name()) : exact.value();
  }

  static Field field(Enum<?> constant) {
    try {
      return constant.getDeclaringClass().getField(constant.name());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String upperCamel(String upperSnake) {
    return Stream.of(upperSnake.split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** The JSON member of a record component. */
  static String attribute(RecordComponent component) {
    var exact = component.getAnnotation(Wire.class);
    return exact == null ? component.getName() : exact.value();
  }

  /** {@code failurePolicy} as {@code Failure policy}, {@code caURL} as {@code CA URL}. */
  static String label(String attribute) {
    var words = attribute.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1);
    var text = Stream.of(words).map(Names::labelWord).collect(Collectors.joining(" "));
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String labelWord(String word) {
    var capitals = word.toUpperCase(Locale.ROOT);
    if (INITIALISMS.contains(capitals) || capitals.equals("ID")) {
      return capitals;
    }
    return word.equals(capitals) ? word : word.toLowerCase(Locale.ROOT);
  }

  static String plural(String name) {
    return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
  }
}
