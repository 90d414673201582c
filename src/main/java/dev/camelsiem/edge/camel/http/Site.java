package dev.camelsiem.edge.camel.http;

/**
 * One path of a server, and what is behind it.
 *
 * @param retryAfter seconds
 */
record Site(
    String path,
    Credentials credentials,
    HostRules hosts,
    HttpLimits limits,
    Accepts accepts,
    String retryAfter,
    Way way) {}
