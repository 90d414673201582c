package dev.camelsiem.edge.camel.tail;

import java.nio.file.Path;

/**
 * A file that a scan has found.
 *
 * @param key device and inode, or the real path where there are none
 * @param path the name that matched, for people
 * @param realPath what the name stands for once links are followed
 * @param size in bytes
 * @param modified epoch milliseconds
 */
record FoundFile(String key, Path path, Path realPath, long size, long modified) {}
