package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Flattened;
import io.oarlock.model.Format;
import io.oarlock.model.Immutable;
import io.oarlock.model.Keys;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people, tools and policies say of a resource. */
@Flattened
public record Described(
    @Doc("What it is for, in words.")
        @Example("The shop's front end reads its database.")
        @Format(TextFormat.MARKDOWN)
        @Size(max = 1024)
        Optional<String> description,
    Dated dated,
    @Doc("Grows by one with each write; the ETag of the resource.")
        @Example("1")
        @Range(min = 1, max = 9007199254740991d)
        @ReadOnly
        long version,
    @Doc("Free notes of tools, by key; no policy looks at them.")
        @Example("{\"ticket\": [\"NET-42\"]}")
        @Size(max = 64)
        @Keys(max = 256)
        Map<String, List<String>> annotations,
    @Doc("Tags starting with @ that the creator vouches for; they never change.")
        @Example("[\"@app:image=nginx\"]")
        @Format(TextFormat.TAG)
        @Matches(
            value = "@(?!auth:).+",
            message = "Metadata tags start with @, and not with @auth:, which is kept for tokens")
        @Size(max = 64)
        @Immutable
        Set<String> metadata,
    @Doc("Tags that users give it.")
        @Example("[\"env=prod\"]")
        @Format(TextFormat.TAG)
        @Matches(
            value = "[^$@+].*",
            message = "User tags do not start with $, @ or +, which are kept for the platform")
        @Size(max = 128)
        Set<String> associatedTags,
    @Doc(
            "All tags that policies can match: those of users, the metadata and the computed "
                + "ones.")
        @Example("[\"$name=web-to-db\", \"env=prod\"]")
        @Format(TextFormat.TAG)
        @Size(max = 512)
        @Filterable
        @ReadOnly
        Set<String> normalizedTags,
    @Doc("Refuses updates and deletion unless the request says override=true.")
        @Example("false")
        @Wire("protected")
        boolean isProtected) {}
