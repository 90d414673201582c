/**
 * YAML texts as trees that know where each node stands, so that whoever checks a configuration file
 * can point at the line. Syntax errors, duplicate keys and aliases become findings here; meaning is
 * the caller's.
 */
@NullMarked
package dev.camelsiem.lang.yaml;

import org.jspecify.annotations.NullMarked;
