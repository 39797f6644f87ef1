package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code {"version","image","instance","faults":[…]}}: what is running, and what it does wrong on purpose. */
final class VersionServlet extends ReadOnlyServlet {
    private static final long serialVersionUID = 1L;

    private final transient Settings settings;

    VersionServlet(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("version", settings.version());
        members.put("image", settings.image());
        members.put("instance", settings.instance());
        members.put("faults", settings.faults().descriptions());
        sendJson(response, HttpServletResponse.SC_OK, members);
    }
}
