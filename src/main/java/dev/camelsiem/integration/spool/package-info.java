/**
 * The disk queue of one integration: batches that were promised and could not be sent yet, in
 * append-only files with a checksum per record. Survives a crash of the process and of the host.
 */
@NullMarked
package dev.camelsiem.integration.spool;

import org.jspecify.annotations.NullMarked;
