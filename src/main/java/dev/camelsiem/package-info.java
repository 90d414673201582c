/**
 * camel-siem: security events in, normalized, mapped to CEF, filtered by category and delivered to
 * SIEM integrations.
 *
 * <p>Floors, from the ground up; a floor knows only those below it: {@code lang} (the XP language),
 * {@code content} (rules on disk), {@code flow} (one event's way), {@code check} and {@code
 * integration} (side rooms), {@code edge} (Camel, command line, launcher). {@code docs/walk.md}
 * follows one event through them.
 */
@NullMarked
package dev.camelsiem;

import org.jspecify.annotations.NullMarked;
