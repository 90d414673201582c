/**
 * SIEM integrations: what {@code siem-integrations.yaml} says, checked, and kept in step with the
 * file while the pipeline runs (kcs-cef 6). Knows nothing of Camel or sockets.
 */
@NullMarked
package dev.camelsiem.integration;

import org.jspecify.annotations.NullMarked;
