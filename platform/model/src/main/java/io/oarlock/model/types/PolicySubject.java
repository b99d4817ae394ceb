package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.TagExpression;
import io.oarlock.model.Trait;

/** What makes a type a policy: it says whom it is about. */
@Flattened(Trait.POLICY)
public record PolicySubject(
    @Doc("Tag expression that selects whom the policy is about; an empty one selects " + "nothing.")
        @Example("[[\"app=web\", \"env=prod\"]]")
        @Default("[]")
        TagExpression subject) {}
