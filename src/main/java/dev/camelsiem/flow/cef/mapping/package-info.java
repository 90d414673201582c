/**
 * The mapping from events to CEF as data: one YAML file with families, severities and keys, checked
 * against the CEF dictionary when it is loaded. Nothing here touches an event.
 */
@NullMarked
package dev.camelsiem.flow.cef.mapping;

import org.jspecify.annotations.NullMarked;
