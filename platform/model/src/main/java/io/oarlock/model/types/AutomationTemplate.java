package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Map;
import java.util.Set;

@Resource(
    group = "What happens",
    aliases = {"autotmpl"},
    example =
        """
        {
          "name": "always",
          "kind": "Condition",
          "source": "export async function when(ctx) { return true; }"
        }
        """)
@Doc("A condition or an action to build automations from.")
public record AutomationTemplate(
    Meta meta,
    @Doc("Which part of an automation it is.") @Example("Condition") @Default("Action") @Filterable
        Kind kind,
    @Doc("ES module: a condition exports when, an action has a default export.")
        @Example("export async function when(ctx) { return true; }")
        @Format(TextFormat.JAVASCRIPT)
        @Size(min = 1, max = 262144)
        String source,
    @Doc("Parameters it looks for in ctx.params, with the values to start from.")
        @Example("{\"channel\": \"#net\"}")
        @Size(max = 65536)
        @Keys(max = 256)
        Map<String, Object> parameters,
    @Doc("What it needs to do, by resource type.")
        @Example("{\"alarm\": [\"create\"]}")
        @Size(max = 128)
        @Keys(format = TextFormat.PERMITTED_TYPE)
        Map<String, Set<Verb>> entitlements,
    Propagated propagated) {

  /** Which part of an automation. */
  public enum Kind {
    @Doc("Decides whether the actions run.")
    CONDITION,
    @Doc("Does something.")
    ACTION
  }
}
