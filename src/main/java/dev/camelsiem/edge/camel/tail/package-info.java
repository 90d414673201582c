/**
 * The durable tail: files that match a glob come in, batches of whole lines leave, and a place is
 * saved only after the batch before it was delivered.
 *
 * <p>{@link dev.camelsiem.edge.camel.tail.Tailer} is the whole way in one class and knows nothing
 * of Camel; the component around it is thin.
 */
@NullMarked
package dev.camelsiem.edge.camel.tail;

import org.jspecify.annotations.NullMarked;
