/**
 * Which integration gets which event: the catalogue of export categories and runtime event types of
 * the mappings in force, licence levels and the routing rule of kcs-cef 6.4, all as pure functions
 * over {@link dev.camelsiem.flow.event.EventFacts}.
 */
@NullMarked
package dev.camelsiem.flow.category;

import org.jspecify.annotations.NullMarked;
