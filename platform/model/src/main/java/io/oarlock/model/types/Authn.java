package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Operation;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Secret;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Resource(
    group = "Who",
    plural = "authn",
    stored = false,
    operations = {Operation.CREATE},
    example = "{}")
@Doc("Tells who the caller is: the claims of the caller's token, or of another one " + "given.")
public record Authn(
    @Doc("Token to look at; the caller's own when absent.")
        @Example("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2ln")
        @Size(max = 16384)
        @Secret
        Optional<String> token,
    @Doc("The claims in the token.")
        @Example("{\"realm\": \"Account\", \"sub\": \"admin\"}")
        @Size(max = 16384)
        @ReadOnly
        @Keys(max = 256)
        Map<String, Object> claims,
    @Doc("The claims as policies match them.")
        @Example("[\"@auth:realm=account\", \"@auth:account=admin\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        @ReadOnly
        List<String> tags,
    @Doc("When the token ceases to be valid.") @Example("2026-11-22T00:50:00.000Z") @ReadOnly
        Optional<Instant> expiresAt) {}
