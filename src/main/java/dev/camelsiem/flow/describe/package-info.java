/**
 * Says in a sentence what a normalized event tells: the criteria and sentences of a rule, compiled
 * to the slots of its fields.
 *
 * <p>{@link dev.camelsiem.flow.describe.Descriptions} are made once a rule and shared by all
 * threads. {@link dev.camelsiem.flow.describe.Descriptions#choose choose} looks at the frame in
 * which the rule has just normalized an event; the {@link dev.camelsiem.flow.describe.Sentence} of
 * a language then writes itself, and has a name that is the same for all its events.
 */
@NullMarked
package dev.camelsiem.flow.describe;

import org.jspecify.annotations.NullMarked;
