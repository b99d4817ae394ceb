package io.oarlock.marketplace.bundle;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A question that an app asks who installs it. */
public record AppParameter(
    @Doc("Word the app knows the answer by.")
        @Example("channel")
        @Matches(value = "[a-z][A-Za-z0-9]*", message = "Write one word of letters and digits")
        @Size(min = 1, max = 64)
        String key,
    @Doc("What is asked for.") @Example("String") ParameterKind type,
    @Doc("The question in a word or two; the key when absent.") @Example("Channel") @Size(max = 80)
        Optional<String> label,
    @Doc("What it is for, in a sentence.") @Example("Where messages go.") @Size(max = 1024)
        Optional<String> description,
    @Doc("All there is to know about it.")
        @Example("Channels start with `#`.")
        @Format(TextFormat.MARKDOWN)
        @Size(max = 8192)
        Optional<String> longDescription,
    @Doc("The answer of who gives none.") @Example("\"#net\"") @Size(max = 65536)
        Optional<Object> defaultValue,
    @Doc("What an Enum can be: value and label.")
        @Example("{\"Short\": \"One line\"}")
        @Size(max = 128)
        @Keys(max = 128)
        Map<String, String> allowedChoices,
    @Doc("Regular expression that the whole text matches, of a list each of its texts.")
        @Example("#[a-z-]+")
        @Size(max = 200)
        Optional<String> pattern,
    @Doc("What to say of text that does not match.")
        @Example("A channel starts with #.")
        @Size(max = 256)
        Optional<String> patternMessage,
    @Doc("Least number, or least length of a text or list.")
        @Example("1")
        @Range(min = -1e15, max = 1e15)
        Optional<Double> min,
    @Doc("Greatest number, or greatest length of a text or list.")
        @Example("64")
        @Range(min = -1e15, max = 1e15)
        Optional<Double> max,
    @Doc("May go without an answer.") @Example("false") boolean optional,
    @Doc("Shown only to who asks for more.") @Example("false") boolean advanced,
    @Doc(
            "When it is asked: one of the lines, each with all its conditions on parameters before"
                + " it. Always when empty.")
        @Example("[[{\"key\": \"notify\", \"operator\": \"Equal\", \"value\": true}]]")
        @Size(max = 16)
        List<List<Condition>> visibilityCondition) {

  /** On the answer to an earlier parameter. */
  public record Condition(
      @Doc("The parameter.") @Example("notify") @Size(min = 1, max = 64) String key,
      @Doc("How it is compared.") @Example("Equal") Operator operator,
      @Doc("What it is compared with; a regular expression for Match and NotMatch.")
          @Example("true")
          @Size(max = 1024)
          Optional<Object> value) {}

  /** How an answer is compared. */
  public enum Operator {
    @Doc("Is the value.")
    EQUAL,
    @Doc("Is not the value.")
    NOT_EQUAL,
    @Doc("Is a number greater than the value.")
    GREATER_THAN,
    @Doc("Is a number less than the value.")
    LESSER_THAN,
    @Doc("Is answered.")
    DEFINED,
    @Doc("Is not answered.")
    UNDEFINED,
    @Doc("Is text that matches.")
    MATCH,
    @Doc("Is not text that matches.")
    NOT_MATCH
  }

  /** The words shown for it. */
  public String shown() {
    return label.orElse(key);
  }
}
