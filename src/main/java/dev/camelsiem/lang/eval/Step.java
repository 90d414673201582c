package dev.camelsiem.lang.eval;

/** A statement that runs. */
public abstract class Step {
  Step() {}

  /** Runs; false when the event is dropped and nothing more may run. */
  abstract boolean run(Frame frame);
}
