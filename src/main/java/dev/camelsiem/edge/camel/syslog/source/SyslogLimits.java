package dev.camelsiem.edge.camel.syslog.source;

/**
 * What a listener takes at most.
 *
 * @param maxFrameBytes longest event; a longer one goes to the dead letters
 * @param batchSize events of one exchange
 * @param batchBytes bytes of one exchange, exceeded by at most one event
 * @param batchTimeoutMillis how long the first event of a batch waits for others
 * @param maxConnections of all senders together
 * @param maxConnectionsPerAddress of one sender
 * @param maxUnfinishedBytes what half-sent events of all connections may hold together
 * @param idleSeconds a connection that is silent for so long is closed; 0 never
 */
record SyslogLimits(
    int maxFrameBytes,
    int batchSize,
    long batchBytes,
    long batchTimeoutMillis,
    int maxConnections,
    int maxConnectionsPerAddress,
    long maxUnfinishedBytes,
    int idleSeconds) {}
