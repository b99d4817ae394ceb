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

  /** The name of the constant whose wire form this is, unless it is marked {@link Wire}. */
  static String constant(String wire) {
    var name = new StringBuilder(wire.length() + 4);
    for (var i = 0; i < wire.length(); i++) {
      var letter = wire.charAt(i);
      if (i > 0 && Character.isUpperCase(letter)) {
        name.append('_');
      }
      name.append(Character.toUpperCase(letter));
    }
    return name.toString();
  }

  /** The JSON member of a record component. */
  static String attribute(RecordComponent component) {
    var exact = component.getAnnotation(Wire.class);
    return exact == null ? component.getName() : exact.value();
  }

  /**
   * {@code failurePolicy} as {@code Failure policy}, {@code caURL} as {@code CA URL}. Without a
   * regular expression, since a start names hundreds.
   */
  static String label(String attribute) {
    var text = new StringBuilder();
    var start = 0;
    for (var at = 1; at <= attribute.length(); at++) {
      if (at == attribute.length() || isHump(attribute, at)) {
        text.append(start == 0 ? "" : " ").append(labelWord(attribute.substring(start, at)));
        start = at;
      }
    }
    text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
    return text.toString();
  }

  private static boolean isHump(String text, int at) {
    if (!Character.isUpperCase(text.charAt(at))) {
      return false;
    }
    return !Character.isUpperCase(text.charAt(at - 1))
        || (at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1)));
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
