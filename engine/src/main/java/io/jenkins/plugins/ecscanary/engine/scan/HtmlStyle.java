package io.jenkins.plugins.ecscanary.engine.scan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How {@link HtmlReport} looks, in light and dark; and the policy that allows exactly that. */
final class HtmlStyle {

    static final String CSS =
            """
            :root{color-scheme:light dark;--page:#fff;--text:#1c2127;--quiet:#57606a;--line:#d5dae0;--card:#f6f8fa;
            --link:#0a58ca;--critical:#8b0a1a;--high:#b3400c;--medium:#7a5600;--low:#1f5f99;--unknown:#57606a;--good:#146c3a}
            @media (prefers-color-scheme:dark){:root{--page:#14181d;--text:#e4e8ec;--quiet:#a3adb8;--line:#39424d;
            --card:#1d232a;--link:#7fb4ff;--critical:#ff8a94;--high:#ffa273;--medium:#e8c268;--low:#86bff5;
            --unknown:#a3adb8;--good:#79d4a0}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
            main{max-width:1200px;margin:0 auto;padding:24px 16px 64px}
            h1{font-size:1.5rem;margin:0 0 12px;overflow-wrap:anywhere}
            h2{font-size:1.15rem;margin:32px 0 8px}
            a{color:var(--link)}
            .verdict{border:1px solid var(--line);border-left:6px solid var(--mark);background:var(--card);
            padding:12px 16px;border-radius:6px;margin:0 0 16px}
            .verdict strong{color:var(--mark)}
            .passed{--mark:var(--good)}.unstable{--mark:var(--medium)}.failed,.closed{--mark:var(--critical)}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0 0 16px}
            dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
            .tiles{display:flex;flex-wrap:wrap;gap:12px;list-style:none;margin:16px 0;padding:0}
            .tiles li{flex:1 1 130px;border:1px solid var(--line);border-top:4px solid var(--mark);border-radius:6px;
            background:var(--card);padding:10px 14px}
            .tiles b{display:block;font-size:1.9rem;line-height:1.2}
            .tiles span{color:var(--mark);font-weight:600}
            .tiles small{display:block;color:var(--quiet);font-size:.85rem}
            .critical{--mark:var(--critical)}.high{--mark:var(--high)}.medium{--mark:var(--medium)}
            .low{--mark:var(--low)}.unknown{--mark:var(--unknown)}
            .wide{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.93rem}
            caption{text-align:left;color:var(--quiet);padding-bottom:4px}
            th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}
            td{overflow-wrap:anywhere;min-width:7em}td:nth-child(2){min-width:14em}
            td.severity{color:var(--mark);font-weight:600;white-space:nowrap}
            .new{border:1px solid currentColor;border-radius:9px;padding:0 7px;font-size:.8rem;white-space:nowrap}
            summary{cursor:pointer;font-size:1.15rem;font-weight:600;margin:32px 0 8px}
            .quiet{color:var(--quiet)}
            @media print{.verdict,.tiles li{break-inside:avoid}}
            """;

    /** Nothing is loaded, nothing runs, and of styles only this one is taken. */
    static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-" + hash(CSS) + "'";

    private HtmlStyle() {}

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
