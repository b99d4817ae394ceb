package io.oarlock.marketplace.bundle;

import io.oarlock.model.Doc;
import io.oarlock.model.Wire;

/** What a parameter of an app asks for, or shows. */
public enum ParameterKind {
  @Doc("Yes or no.")
  BOOLEAN,
  @Doc("Yes or no, shown as a box.")
  CHECKBOX,
  @Doc("Yes or no, shown as a switch.")
  SWITCH,
  @Doc("One line of text.")
  STRING,
  @Doc("Several lines of text.")
  STRING_SLICE,
  @Doc("A whole number.")
  INTEGER,
  @Doc("Several whole numbers.")
  INTEGER_SLICE,
  @Doc("A decimal number.")
  FLOAT,
  @Doc("Several decimal numbers.")
  FLOAT_SLICE,
  @Doc("One of the allowed choices.")
  ENUM,
  @Doc("A length of time, such as PT5M.")
  DURATION,
  @Doc("An http or https URL.")
  ENDPOINT,
  @Doc("A path of a namespace.")
  NAMESPACE,
  @Doc("A tag expression.")
  TAGS_EXPRESSION,
  @Doc("The name of a secret of the namespace; never the value, which no app gets to see.")
  SECRET,
  @Doc("The text of a file.")
  FILE_DROP,
  @Doc("A score of the Common Vulnerability Scoring System, 0 to 10.")
  @Wire("CVSSThreshold")
  CVSS_THRESHOLD,
  @Doc("Any JSON value.")
  @Wire("JSON")
  JSON,
  @Doc("Asks nothing: a heading.")
  TITLE,
  @Doc("Asks nothing: shows its description.")
  MESSAGE,
  @Doc("Asks nothing: shows its description as a hint.")
  INFO_MESSAGE,
  @Doc("Asks nothing: shows its description as a warning.")
  WARNING_MESSAGE,
  @Doc("Asks nothing: shows its description as a danger.")
  DANGER_MESSAGE;

  /** Whether the answer is text, or texts: what a pattern can be matched with. */
  public boolean isText() {
    return switch (this) {
      case STRING,
          STRING_SLICE,
          ENUM,
          DURATION,
          ENDPOINT,
          NAMESPACE,
          TAGS_EXPRESSION,
          SECRET,
          FILE_DROP ->
          true;
      case BOOLEAN,
          CHECKBOX,
          SWITCH,
          INTEGER,
          INTEGER_SLICE,
          FLOAT,
          FLOAT_SLICE,
          CVSS_THRESHOLD,
          JSON,
          TITLE,
          MESSAGE,
          INFO_MESSAGE,
          WARNING_MESSAGE,
          DANGER_MESSAGE ->
          false;
    };
  }

  /** Whether there is an answer to it. */
  public boolean asks() {
    return switch (this) {
      case TITLE, MESSAGE, INFO_MESSAGE, WARNING_MESSAGE, DANGER_MESSAGE -> false;
      case BOOLEAN,
          CHECKBOX,
          SWITCH,
          STRING,
          STRING_SLICE,
          INTEGER,
          INTEGER_SLICE,
          FLOAT,
          FLOAT_SLICE,
          ENUM,
          DURATION,
          ENDPOINT,
          NAMESPACE,
          TAGS_EXPRESSION,
          SECRET,
          FILE_DROP,
          CVSS_THRESHOLD,
          JSON ->
          true;
    };
  }
}
