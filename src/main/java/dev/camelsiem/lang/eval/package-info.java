/**
 * Rules in the form that runs: nodes, steps and programs, and the frame that they run in.
 *
 * <p>The compiler puts these objects together once per rule through the factories here, which pick
 * the fastest form of each operation; nothing is looked up by name when an event comes. A {@link
 * dev.camelsiem.lang.eval.Program} is immutable and shared by all threads, a {@link
 * dev.camelsiem.lang.eval.Frame} belongs to one.
 */
@NullMarked
package dev.camelsiem.lang.eval;

import org.jspecify.annotations.NullMarked;
