/**
 * Which few of thousands of rules may match an event: one index over the whole rule set, made of
 * formats, head conditions, facts about conditions, and words that texts must contain.
 *
 * <p>Compiled rules come in when the set is built, documents when events are looked at; numbers of
 * candidate rules leave, in the order of the set. The index only ever leaves out rules that can't
 * match.
 */
@NullMarked
package dev.camelsiem.flow.dispatch;

import org.jspecify.annotations.NullMarked;
