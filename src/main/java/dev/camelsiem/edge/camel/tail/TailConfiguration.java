package dev.camelsiem.edge.camel.tail;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code siem-tail}; all durations are milliseconds. */
@UriParams
public class TailConfiguration implements Cloneable {
  /** Compressed generations of a log are no lines. */
  static final String DEFAULT_EXCLUDE = "/**/*.{gz,bz2,xz,zst,zip}";

  @UriParam
  @Metadata(
      required = true,
      description =
          "The files to tail, separated by commas: paths or globs with *, ?, [..], {a,b} and **.")
  private String paths = "";

  @UriParam(defaultValue = DEFAULT_EXCLUDE)
  @Metadata(description = "Files to leave out though they match: paths or globs.")
  private String exclude = DEFAULT_EXCLUDE;

  @UriParam(defaultValue = "data/siem-tail.checkpoint")
  @Metadata(
      description =
          "The file that keeps the places reached. Two tails can't share one; a second is refused.")
  private String checkpoint = "data/siem-tail.checkpoint";

  @UriParam(defaultValue = "500")
  @Metadata(description = "How many events a batch has at most.")
  private int batchSize = 500;

  @UriParam(defaultValue = "1048576")
  @Metadata(description = "How many bytes a batch has at most; a single longer event still passes.")
  private int batchBytes = 1 << 20;

  @UriParam(defaultValue = "50", javaType = "java.time.Duration")
  @Metadata(description = "How long a batch that is not full waits for more events.")
  private long batchTimeout = 50;

  @UriParam(defaultValue = "250", javaType = "java.time.Duration")
  @Metadata(description = "How often files that were read to their end are looked at again.")
  private long pollInterval = 250;

  @UriParam(defaultValue = "1000", javaType = "java.time.Duration")
  @Metadata(
      description =
          "How often new, renamed and deleted files are looked for; scans never take more than a tenth of the time.")
  private long scanInterval = 1000;

  @UriParam(defaultValue = "262144")
  @Metadata(
      description =
          "A longer line becomes a dead letter with its first 8 KiB; the next line is read as usual.")
  private int maxEventBytes = 256 * 1024;

  @UriParam(defaultValue = "beginning", enums = "beginning,end")
  @Metadata(
      description =
          "Where files begin that are there at the very first start. Files that come later, and all files after a damaged checkpoint, are read from the beginning.")
  private StartAt startAt = StartAt.beginning;

  @UriParam(defaultValue = "5000", javaType = "java.time.Duration")
  @Metadata(description = "A last line without line end is taken as it is after this time.")
  private long idleFlush = 5000;

  @UriParam(defaultValue = "250", javaType = "java.time.Duration")
  @Metadata(
      description =
          "The checkpoint is written and synced after this time, or after 2,000 events. What was delivered since may be delivered again after a crash.")
  private long checkpointInterval = 250;

  @UriParam(defaultValue = "256")
  @Metadata(description = "How many files are held open at most.")
  private int maxOpenFiles = 256;

  @UriParam(defaultValue = "60000", javaType = "java.time.Duration")
  @Metadata(description = "How long a file is still watched after it was renamed away or deleted.")
  private long closeAfter = 60_000;

  @UriParam(defaultValue = "false")
  @Metadata(
      description =
          "Whether links that a glob finds may lead out of the glob's folder, as those of /var/log/containers do.")
  private boolean followLinksOutside;

  @UriParam(defaultValue = "500", javaType = "java.time.Duration")
  @Metadata(
      description =
          "The first pause after a failed delivery; doubles each time, with a random part.")
  private long retryDelay = 500;

  @UriParam(defaultValue = "60000", javaType = "java.time.Duration")
  @Metadata(description = "The longest pause between two deliveries of a batch.")
  private long maxRetryDelay = 60_000;

  @UriParam(defaultValue = "kamelet:siem-deadletter-sink")
  @Metadata(description = "The endpoint that gets lines which are too long.")
  private String deadLetters = "kamelet:siem-deadletter-sink";

  /** Where a file begins; spelled as in the option. */
  public enum StartAt {
    beginning,
    end
  }

  /** A copy whose options can be changed without changing these. */
  public TailConfiguration copy() {
    try {
      return (TailConfiguration) clone();
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }

  /**
   * Refuses options that can't work.
   *
   * @throws IllegalArgumentException that names the option
   */
  void validate() {
    check(!PathPattern.list(paths).isEmpty(), "paths is empty: name a file or a glob");
    check(batchSize >= 1 && batchSize <= 100_000, "batchSize must be 1..100000");
    check(batchBytes >= 1, "batchBytes must be at least 1");
    check(maxEventBytes >= 1 && maxEventBytes <= 64 << 20, "maxEventBytes must be 1..67108864");
    check(maxOpenFiles >= 1, "maxOpenFiles must be at least 1");
    check(pollInterval >= 1, "pollInterval must be at least 1 ms");
    check(scanInterval >= 1, "scanInterval must be at least 1 ms");
    check(
        batchTimeout >= 0 && idleFlush >= 0 && checkpointInterval >= 0 && closeAfter >= 0,
        "durations can't be negative");
    check(
        retryDelay >= 1 && maxRetryDelay >= retryDelay,
        "retryDelay must be at least 1 ms and maxRetryDelay not less");
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException("siem-tail: " + message);
    }
  }

  public String getPaths() {
    return paths;
  }

  public void setPaths(String paths) {
    this.paths = paths;
  }

  public String getExclude() {
    return exclude;
  }

  public void setExclude(String exclude) {
    this.exclude = exclude;
  }

  public String getCheckpoint() {
    return checkpoint;
  }

  public void setCheckpoint(String checkpoint) {
    this.checkpoint = checkpoint;
  }

  public int getBatchSize() {
    return batchSize;
  }

  public void setBatchSize(int batchSize) {
    this.batchSize = batchSize;
  }

  public int getBatchBytes() {
    return batchBytes;
  }

  public void setBatchBytes(int batchBytes) {
    this.batchBytes = batchBytes;
  }

  public long getBatchTimeout() {
    return batchTimeout;
  }

  public void setBatchTimeout(long batchTimeout) {
    this.batchTimeout = batchTimeout;
  }

  public long getPollInterval() {
    return pollInterval;
  }

  public void setPollInterval(long pollInterval) {
    this.pollInterval = pollInterval;
  }

  public long getScanInterval() {
    return scanInterval;
  }

  public void setScanInterval(long scanInterval) {
    this.scanInterval = scanInterval;
  }

  public int getMaxEventBytes() {
    return maxEventBytes;
  }

  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  public StartAt getStartAt() {
    return startAt;
  }

  public void setStartAt(StartAt startAt) {
    this.startAt = startAt;
  }

  public long getIdleFlush() {
    return idleFlush;
  }

  public void setIdleFlush(long idleFlush) {
    this.idleFlush = idleFlush;
  }

  public long getCheckpointInterval() {
    return checkpointInterval;
  }

  public void setCheckpointInterval(long checkpointInterval) {
    this.checkpointInterval = checkpointInterval;
  }

  public int getMaxOpenFiles() {
    return maxOpenFiles;
  }

  public void setMaxOpenFiles(int maxOpenFiles) {
    this.maxOpenFiles = maxOpenFiles;
  }

  public long getCloseAfter() {
    return closeAfter;
  }

  public void setCloseAfter(long closeAfter) {
    this.closeAfter = closeAfter;
  }

  public boolean isFollowLinksOutside() {
    return followLinksOutside;
  }

  public void setFollowLinksOutside(boolean followLinksOutside) {
    this.followLinksOutside = followLinksOutside;
  }

  public long getRetryDelay() {
    return retryDelay;
  }

  public void setRetryDelay(long retryDelay) {
    this.retryDelay = retryDelay;
  }

  public long getMaxRetryDelay() {
    return maxRetryDelay;
  }

  public void setMaxRetryDelay(long maxRetryDelay) {
    this.maxRetryDelay = maxRetryDelay;
  }

  public String getDeadLetters() {
    return deadLetters;
  }

  public void setDeadLetters(String deadLetters) {
    this.deadLetters = deadLetters;
  }
}
