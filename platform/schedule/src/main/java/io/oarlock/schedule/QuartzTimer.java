package io.oarlock.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz as an alarm clock: one job, and one trigger that is set anew to whatever is due next. A
 * trigger for each schedule would cost 15 KiB each and know nothing that the due-index does not.
 */
final class QuartzTimer implements Timer {
  private static final TriggerKey TRIGGER = TriggerKey.triggerKey("wake");

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
      quartz = new StdSchedulerFactory(settings()).getScheduler();
      quartz.setJobFactory((_, _) -> new Wake(callee));
      quartz.addJob(job, true);
      quartz.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("The timer could not be started", e);
    }
  }

  private static Properties settings() {
    var settings = new Properties();
    // Quartz shares schedulers of the same name within a process.
    settings.setProperty("org.quartz.scheduler.instanceName", "oarlock-" + UUID.randomUUID());
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    return settings;
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
