package dev.camelsiem.lang.eval;

/** Why an evaluation was given up. */
public enum EvaluationFailure {
  TOO_MANY_STEPS("the rule needs more steps than an event is allowed"),
  TOO_MUCH_OUTPUT("the rule makes more text than an event is allowed"),
  TOO_DEEP("submessages nest too deeply"),
  INTERNAL_ERROR("the engine failed; this is a defect of it");

  private final String message;

  EvaluationFailure(String message) {
    this.message = message;
  }

  /** A sentence without full stop. */
  public String message() {
    return message;
  }
}
