package io.layar.proxy.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One connection of the admin interface: just enough HTTP/1.1 for curl, agents and scrapers.
 *
 * <p>Requests of more than 64 KiB of headers close the connection; bodies are read and ignored. Thread: main loop.
 */
final class AdminConnection extends ChannelInboundHandlerAdapter {
    private static final int MAX_HEAD = 64 * 1024;

    private final AdminPages pages;
    private final StringBuilder head = new StringBuilder();
    private long bodyLeft;

    AdminConnection(AdminPages pages) {
        this.pages = pages;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable()) {
                if (bodyLeft > 0) {
                    int skip = (int) Math.min(bodyLeft, bytes.readableBytes());
                    bytes.skipBytes(skip);
                    bodyLeft -= skip;
                    continue;
                }
                head.append((char) bytes.readUnsignedByte());
                int length = head.length();
                if (length >= 4 && head.charAt(length - 1) == '\n' && head.indexOf("\r\n\r\n", length - 4) >= 0) {
                    String text = head.toString();
                    head.setLength(0);
                    answer(context, text);
                } else if (length > MAX_HEAD) {
                    context.close();
                    return;
                }
            }
        } finally {
            bytes.release();
        }
    }

    private void answer(ChannelHandlerContext context, String text) {
        String[] lines = text.split("\r\n");
        String[] words = lines[0].split(" ");
        if (words.length != 3) {
            context.close();
            return;
        }
        boolean close = words[2].equals("HTTP/1.0");
        for (String line : lines) {
            String lower = line.toLowerCase(Locale.ROOT);
            close |= lower.equals("connection: close");
            if (lower.startsWith("content-length:")) {
                bodyLeft = parse(lower.substring(15).strip());
            }
        }
        AdminResponse response = pages.serve(AdminRequest.of(words[0], words[1]));
        write(context, response, words[0].equals("HEAD"), close);
    }

    private static long parse(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void write(ChannelHandlerContext context, AdminResponse response, boolean headOnly, boolean close) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + response.status() + " " + reason(response.status()) + "\r\ncontent-type: "
                + response.contentType()
                + "\r\ncache-control: no-cache, max-age=0\r\nx-content-type-options: nosniff\r\ndate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
                + "\r\nserver: envoy\r\ncontent-length: " + body.length
                + (close ? "\r\nconnection: close" : "") + "\r\n\r\n";
        context.write(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1));
        ChannelFuture written = context.writeAndFlush(headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        if (close) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
