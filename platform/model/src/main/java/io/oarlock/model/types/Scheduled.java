package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Flattened;
import io.oarlock.model.Format;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Trait;
import java.time.Duration;
import java.util.Optional;

/** In force at times. */
@Flattened(Trait.SCHEDULED)
public record Scheduled(
    @Doc(
            "Cron expression, in UTC, of the moments from which it is in force; always when "
                + "absent.")
        @Example("0 0 8 ? * MON-FRI")
        @Format(TextFormat.CRON)
        @Size(max = 256)
        Optional<String> activeSchedule,
    @Doc("How long it stays in force from each of those moments.") @Example("PT10H")
        Optional<Duration> activeDuration) {}
