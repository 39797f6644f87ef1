package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of IP addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. */
public final class CidrBlock {

    private static final Pattern SHAPE =
            Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}/\\d{1,2}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/\\d{1,3})");

    private final byte[] network;
    /** How many leading bits of the network count. */
    private final int prefix;

    private CidrBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if it is not an address, a slash and a number of bits */
    public static CidrBlock parse(String text) {
        if (SHAPE.matcher(text).matches()) { // no name is ever looked up
            int slash = text.indexOf('/');
            try {
                byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
                int prefix = Integer.parseInt(text.substring(slash + 1));
                if (prefix <= network.length * 8) {
                    return new CidrBlock(network, prefix);
                }
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("'" + text + "' is not a CIDR block", e);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a CIDR block");
    }

    boolean contains(InetAddress address) {
        byte[] theirs = address.getAddress();
        if (network.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((network[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
