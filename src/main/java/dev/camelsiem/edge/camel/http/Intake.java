package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import java.util.List;

/**
 * What the intake leaves on the exchange for the report.
 *
 * @param received events of the request, bad ones included
 * @param rejected those that were not passed on
 */
record Intake(int received, List<DeadLetter> rejected) {
  /** Exchange property of this record. */
  static final String PROPERTY = "SiemHttpIntake";
}
