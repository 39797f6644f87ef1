package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.Waiver;
import io.jenkins.plugins.ecscanary.engine.scan.WaiverNote;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;

/** A waiver as it is shown. */
public final class WaiverRow {

    private final Waiver waiver;
    private final WaiverNote note;

    WaiverRow(Waiver waiver) {
        this.waiver = waiver;
        this.note = null;
    }

    WaiverRow(WaiverNote note) {
        this.waiver = note.waiver();
        this.note = note;
    }

    public String getId() {
        return OneLine.of(waiver.id());
    }

    /** Empty where it is for any. */
    public String getPackageName() {
        return OneLine.of(waiver.packageName());
    }

    public String getReason() {
        return OneLine.of(waiver.reason());
    }

    public String getOwner() {
        return OneLine.of(waiver.owner());
    }

    /** The last day it holds, ISO 8601. */
    public String getExpires() {
        return waiver.expires().toString();
    }

    /** Where it stands in its file, from 1 on. */
    public int getLine() {
        return waiver.line();
    }

    /** Why it is shown; null where it does what it is for. */
    public String getState() {
        if (note == null) {
            return null;
        }
        return switch (note.use()) {
            case APPLIED -> null;
            case EXPIRED ->
                note.findings() == 0
                        ? Messages.WaiverRow_Expired()
                        : Messages.WaiverRow_ExpiredCounting(note.findings());
            case UNUSED -> Messages.WaiverRow_Unused();
        };
    }
}
