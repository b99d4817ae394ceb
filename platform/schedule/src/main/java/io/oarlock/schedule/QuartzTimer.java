package io.oarlock.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;

/**
 * Quartz as an alarm clock: one job, and one trigger that is set anew to whatever is due next. A
 * trigger for each schedule would cost 15 KiB each and know nothing that the due-index does not.
 */
final class QuartzTimer implements Timer {
  private static final TriggerKey TRIGGER = TriggerKey.triggerKey("wake");
  private static final @Nullable String NO_REMOTE_HOST = null;
  private static final @Nullable String NO_JMX_NAME = null;
  private static final long USUAL_WAIT = -1;

  private final Scheduler quartz;
  private final JobDetail job =
      JobBuilder.newJob(Wake.class).withIdentity("wake").storeDurably().build();

  /** The one job; one at a time. */
  @DisallowConcurrentExecution
  private static final class Wake implements Job {
    private final Runnable callee;

    Wake(Runnable callee) {
      this.callee = callee;
    }

    @Override
    public void execute(JobExecutionContext context) {
      callee.run();
    }
  }

  QuartzTimer(Runnable callee) {
    try {
      quartz = make();
      quartz.setJobFactory((_, _) -> new Wake(callee));
      quartz.addJob(job, true);
      quartz.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("The timer could not be started", e);
    }
  }

  /** By hand: Quartz's usual factory takes its settings apart by reflection, at every start. */
  private static Scheduler make() throws SchedulerException {
    var threads = new SimpleThreadPool(1, Thread.NORM_PRIORITY);
    threads.setMakeThreadsDaemons(true);
    // Quartz shares schedulers of the same name within a process.
    var name = "oarlock-" + UUID.randomUUID();
    var factory = DirectSchedulerFactory.getInstance();
    factory.createScheduler(
        name,
        name,
        threads,
        new DefaultThreadExecutor(),
        new RAMJobStore(),
        Map.of(),
        NO_REMOTE_HOST,
        0,
        USUAL_WAIT,
        USUAL_WAIT,
        false,
        NO_JMX_NAME,
        1,
        0,
        true);
    return factory.getScheduler(name);
  }

  @Override
  public void wakeAt(Instant at) {
    var trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(TRIGGER)
            .forJob(job)
            .startAt(Date.from(at))
            .build();
    try {
      if (quartz.rescheduleJob(TRIGGER, trigger) == null) {
        quartz.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("The timer could not be set", e);
    }
  }

  @Override
  public void close() {
    try {
      quartz.shutdown(true);
    } catch (SchedulerException e) {
      throw new IllegalStateException("The timer could not be stopped", e);
    }
  }
}
