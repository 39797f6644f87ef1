package io.jenkins.plugins.ecscanary.infra.settings;

/** IPv4 networks as security groups and conditions on source addresses take them. */
final class Cidr {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /** Such as {@code 203.0.113.0/24}. */
    static final String PATTERN = "(" + BYTE + "\\.){3}" + BYTE + "/(3[0-2]|[12]?[0-9])";

    private Cidr() {}
}
