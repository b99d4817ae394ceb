package io.oarlock.json;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** Two spaces, line feeds, {@code "name": value}, elements of lists on lines of their own. */
final class PrettyJson extends DefaultPrettyPrinter {
  private static final long serialVersionUID = 1L;

  PrettyJson() {
    super(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    indentArraysWith(new DefaultIndenter("  ", "\n"));
    indentObjectsWith(new DefaultIndenter("  ", "\n"));
  }

  @Override
  public DefaultPrettyPrinter createInstance() {
    return new PrettyJson();
  }
}
