package io.jenkins.plugins.ecscanary.jenkins;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Someone without a mouse. */
public final class Keyboard {

    /** More than any page has to stop at. */
    public static final int MANY = 300;

    private Keyboard() {}

    /** Goes on with the Tab key until that is reached; an assertion fails where the way does not lead there. */
    public static void tabTo(Page page, Locator target) {
        for (int i = 0; i < MANY; i++) {
            page.keyboard().press("Tab");
            if (isAt(target)) {
                return;
            }
        }
        throw new AssertionError("the Tab key does not lead to " + target);
    }

    public static boolean isAt(Locator target) {
        return (Boolean) target.evaluate("element => element === document.activeElement");
    }
}
