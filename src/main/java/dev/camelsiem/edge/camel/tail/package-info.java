/**
 * The durable tail: files that match a glob come in, batches of whole lines leave, and a place is
 * saved only after the batch before it was delivered.
 *
 * <p>{@link dev.camelsiem.edge.camel.tail.Tailer} is the thread and knows nothing of Camel; the
 * component around it is thin. {@link dev.camelsiem.edge.camel.tail.FileTable} knows which files
 * there are, {@link dev.camelsiem.edge.camel.tail.Collector} reads them in turn, {@link
 * dev.camelsiem.edge.camel.tail.Saver} keeps the places.
 */
@NullMarked
package dev.camelsiem.edge.camel.tail;

import org.jspecify.annotations.NullMarked;
