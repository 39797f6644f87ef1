package io.jenkins.plugins.ecscanary.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Standard output and standard error, a line at a time; each is there for its reader when the call returns. */
public interface Console {

    void out(String line);

    void err(String line);

    /** Standard output for a library that writes by itself. */
    PrintWriter outWriter();

    /** Standard error for a library that writes by itself. */
    PrintWriter errWriter();

    /** @param charset the streams' own */
    static Console of(PrintStream out, PrintStream err, Charset charset) {
        return new Console() {
            @Override
            public void out(String line) {
                out.println(line);
                out.flush();
            }

            @Override
            public void err(String line) {
                err.println(line);
                err.flush();
            }

            @Override
            public PrintWriter outWriter() {
                return new PrintWriter(out, true, charset);
            }

            @Override
            public PrintWriter errWriter() {
                return new PrintWriter(err, true, charset);
            }
        };
    }
}
