/**
 * The router that delivers one stream of security events to any number of SIEM integrations: each
 * gets what it subscribes to, encoded as it wants it, at its own pace.
 */
@NullMarked
package dev.camelsiem.edge.camel.integration;

import org.jspecify.annotations.NullMarked;
