/**
 * camel-siem: security events in, normalized, mapped to CEF, filtered by category and delivered to
 * SIEM integrations.
 *
 * <p>Floors, from the ground up; a floor knows only those below it: {@code lang} (the XP language),
 * {@code content} (rules on disk), {@code flow} (one event's way), {@code check} (tests of rules),
 * {@code integration} (the file of integrations), {@code letters} (dead letters), {@code delivery}
 * (the log and the ways to SIEMs), {@code edge} (Camel, command line, launcher). {@code
 * docs/walk.md} follows one event through them, and names the rooms that every floor stands on.
 */
@NullMarked
package dev.camelsiem;

import org.jspecify.annotations.NullMarked;
