/** Runs the examples. */
package dev.camelsiem.examples;
