/**
 * The fault matrix: the pipeline and its receivers as processes of their own, faults that are done
 * to them, and a judge who counts numbered events. {@link dev.camelsiem.faults.Rows} is the matrix.
 */
package dev.camelsiem.faults;
