/**
 * Which integration gets which event: export categories, runtime event types, licence levels and
 * the routing rule of kcs-cef 6.4, all as pure functions over {@link
 * dev.camelsiem.flow.event.EventFacts}.
 */
@NullMarked
package dev.camelsiem.flow.category;

import org.jspecify.annotations.NullMarked;
