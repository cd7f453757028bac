package io.layar.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;

/** Any first bytes of a connection: an answer and no exception; bytes that come later do not change it. */
class InspectorFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void anyBytesToTheTlsInspector(byte[] input) {
        ByteBuf bytes = Unpooled.wrappedBuffer(input);
        ClientHello whole = ClientHello.read(bytes);
        assertThat(bytes.readerIndex()).isZero();
        if (whole instanceof ClientHello.Found found) {
            assertThat(found.serverName()).isEqualTo(found.serverName().toLowerCase(Locale.ROOT));
        }
        int step = 1 + input.length / 64;
        for (int length = 0; length < input.length; length += step) {
            ClientHello part = ClientHello.read(Unpooled.wrappedBuffer(input, 0, length));
            if (!(part instanceof ClientHello.Incomplete)) {
                assertThat(part).isEqualTo(whole);
            }
        }
    }
}
