package io.jenkins.plugins.ecscanary.jenkins;

import java.net.URL;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;

/** What someone gets for a request, as a browser makes it: signed in, and with a crumb where it changes something. */
final class Browser {

    private Browser() {}

    /** @param path below Jenkins's own address */
    static WebResponse get(JenkinsRule jenkins, String user, String path) throws Exception {
        return request(jenkins, user, path, HttpMethod.GET);
    }

    /** The same, as pressing a button does it; redirects are followed. */
    static WebResponse post(JenkinsRule jenkins, String user, String path) throws Exception {
        return request(jenkins, user, path, HttpMethod.POST);
    }

    /** @param user null for the anonymous */
    private static WebResponse request(JenkinsRule jenkins, String user, String path, HttpMethod method)
            throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            if (user != null) {
                web.login(user);
            }
            web.getOptions().setJavaScriptEnabled(false); // HtmlUnit knows none as new as the pages'
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            return web.getPage(method == HttpMethod.POST ? web.addCrumb(request) : request)
                    .getWebResponse();
        }
    }
}
