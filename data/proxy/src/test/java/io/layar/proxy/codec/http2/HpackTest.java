package io.layar.proxy.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our HPACK against Netty's, in both directions. */
class HpackTest {
    private static final String[] NAMES = {
        "accept",
        "x-custom",
        "user-agent",
        "cookie",
        "x-long-name-that-is-not-known",
        "cache-control",
        "x-a",
        "etag",
        "server",
    };

    private record Line(String name, String value) {}

    private static List<Line> lines(Random random) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(":status", random.nextBoolean() ? "200" : "404"));
        for (int i = random.nextInt(12); i > 0; i--) {
            lines.add(new Line(NAMES[random.nextInt(NAMES.length)], text(random)));
        }
        return lines;
    }

    private static String text(Random random) {
        if (random.nextInt(3) == 0) {
            return "common-value-" + random.nextInt(3);
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(300); i > 0; i--) {
            text.append((char) (' ' + random.nextInt(224)));
        }
        return text.toString();
    }

    @Test
    void blocksThatNettyWritesAreReadBack() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            var encoder = new DefaultHttp2HeadersEncoder(
                    (name, value) -> random.nextInt(10) == 0, false, 32, random.nextBoolean() ? 0 : 1 << 30);
            HpackDecoder decoder = new HpackDecoder(4096);
            for (int block = 0; block < 20; block++) {
                List<Line> lines = lines(random);
                byte[] bytes = nettyBlock(encoder, lines);
                List<Line> read = new ArrayList<>();
                boolean whole =
                        decoder.decode(bytes, 0, bytes.length, (name, value) -> read.add(new Line(name, value)));
                assertThat(whole).as("seed %d block %d", seed, block).isTrue();
                assertThat(read).containsExactlyInAnyOrderElementsOf(lines);
            }
        }
    }

    private static byte[] nettyBlock(Http2HeadersEncoder encoder, List<Line> lines) throws Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        lines.forEach(line -> headers.add(line.name(), line.value()));
        ByteBuf out = Unpooled.buffer();
        encoder.encodeHeaders(3, headers, out);
        return ByteBufUtil.getBytes(out);
    }

    @Test
    void blocksThatWeWriteAreReadByNetty() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            HpackEncoder encoder = new HpackEncoder(4096);
            var decoder = new DefaultHttp2HeadersDecoder(false);
            decoder.configuration().maxHeaderListSize(1 << 20, 1 << 21);
            for (int block = 0; block < 20; block++) {
                if (block == 10) {
                    int limit = random.nextInt(4096);
                    encoder.setPeerLimit(limit);
                    decoder.configuration().maxHeaderTableSize(limit);
                }
                List<Line> lines = lines(random);
                BlockBuffer out = BlockBuffer.begin();
                encoder.begin(out);
                lines.forEach(line -> encoder.line(out, line.name(), line.value()));
                Http2Headers read = decoder.decodeHeaders(3, Unpooled.wrappedBuffer(out.bytes, 0, out.length));
                List<Line> back = new ArrayList<>();
                read.forEach(entry -> back.add(
                        new Line(entry.getKey().toString(), entry.getValue().toString())));
                assertThat(back).as("seed %d block %d", seed, block).containsExactlyInAnyOrderElementsOf(lines);
            }
        }
    }

    @Test
    void bytesThatAreNoBlockAreRefusedAndNeverThrow() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            HpackDecoder decoder = new HpackDecoder(4096);
            if (!decoder.decode(noise, 0, noise.length, (name, value) -> {})) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void aTableSizeUpdateBehindALineIsRefused() {
        byte[] block = {(byte) 0x88, 0x3f, 0x00};
        assertThat(new HpackDecoder(4096).decode(block, 0, block.length, (name, value) -> {}))
                .isFalse();
    }
}
