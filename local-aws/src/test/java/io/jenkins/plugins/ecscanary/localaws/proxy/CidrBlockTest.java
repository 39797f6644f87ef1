package io.jenkins.plugins.ecscanary.localaws.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.200, true",
        "127.0.0.1/32, 127.0.0.1, true",
        "127.0.0.1/32, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:1::2, true",
        "2001:db8::/32, 2001:db9::, false",
    })
    void leadingBitsDecide(String block, String address, boolean contains) throws Exception {
        assertThat(CidrBlock.parse(block).contains(InetAddress.getByName(address)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "300.0.0.0/8", "localhost/8", "::1/129", "1.2.3.4/-1"
            })
    void whatIsNoBlockIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a CIDR block");
    }
}
