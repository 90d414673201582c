/**
 * The XP language: source text in, compiled rules out, values out. Knows neither Camel nor files.
 */
@NullMarked
package dev.camelsiem.lang;

import org.jspecify.annotations.NullMarked;
