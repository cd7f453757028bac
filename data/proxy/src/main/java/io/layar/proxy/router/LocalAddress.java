package io.layar.proxy.router;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** This machine's own address, as mirrored requests name it in x-forwarded-for. Looked up when the first mirror is used. */
final class LocalAddress {
    static final String TEXT = find();

    private LocalAddress() {}

    private static String find() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException _) {
            return "127.0.0.1";
        }
    }
}
