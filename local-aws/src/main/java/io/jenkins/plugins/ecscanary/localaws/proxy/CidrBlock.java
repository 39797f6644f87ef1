package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param prefix how many leading bits of {@code network} count
 */
public record CidrBlock(InetAddress network, int prefix) {

    private static final Pattern SHAPE =
            Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}/\\d{1,2}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/\\d{1,3})");

    /** @throws IllegalArgumentException if it is not an address, a slash and a number of bits */
    public static CidrBlock parse(String text) {
        if (SHAPE.matcher(text).matches()) { // no name is ever looked up
            int slash = text.indexOf('/');
            try {
                InetAddress network = InetAddress.getByName(text.substring(0, slash));
                int prefix = Integer.parseInt(text.substring(slash + 1));
                if (prefix <= network.getAddress().length * 8) {
                    return new CidrBlock(network, prefix);
                }
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("'" + text + "' is not a CIDR block", e);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a CIDR block");
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
