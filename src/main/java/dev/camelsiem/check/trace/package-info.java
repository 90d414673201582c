/**
 * One evaluation of a rule, recorded step by step for people: what the pattern captured or how far
 * it came, each assignment, why a condition was false.
 */
@NullMarked
package dev.camelsiem.check.trace;

import org.jspecify.annotations.NullMarked;
