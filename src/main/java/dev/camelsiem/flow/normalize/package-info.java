/**
 * Raw events in, normalized events out, as JSON or in another form: tries the candidate rules on
 * each event and says what became of it.
 *
 * <p>A {@link dev.camelsiem.flow.normalize.Normalizer} holds the rule set, which is replaced as a
 * whole, and the counters; each thread works with a {@link
 * dev.camelsiem.flow.normalize.NormalizerWorker} of its own.
 */
@NullMarked
package dev.camelsiem.flow.normalize;

import org.jspecify.annotations.NullMarked;
