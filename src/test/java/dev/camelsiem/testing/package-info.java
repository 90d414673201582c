/** What tests of several rooms share: real programs, real brokers. */
package dev.camelsiem.testing;
