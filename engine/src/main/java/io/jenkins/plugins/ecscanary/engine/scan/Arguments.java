package io.jenkins.plugins.ecscanary.engine.scan;

/** What may stand in an argument list. There is no shell that could read it; the scanner itself does. */
final class Arguments {

    private static final int LONGEST = 4096;

    private Arguments() {}

    /** @throws IllegalArgumentException saying what is wrong with it */
    static String checkOperand(String what, String value) {
        checkText(what, value);
        if (value.startsWith("-")) {
            throw new IllegalArgumentException("the " + what + " '" + Printable.line(value, 200)
                    + "' starts with -, so that the scanner would take it for an option; write a path as ./"
                    + Printable.line(value, 200));
        }
        return value;
    }

    /** The same for the value of an option, which may be anything that is one line. */
    static String checkText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty; name one");
        }
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the " + what + " has " + value.length() + " characters; at most " + LONGEST + " are taken");
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the " + what + " '" + Printable.line(value, 200) + "' has control characters; remove them");
        }
        if (!value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    "the " + what + " '" + Printable.line(value, 200) + "' has blanks around it; remove them");
        }
        return value;
    }
}
