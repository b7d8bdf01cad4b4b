package dev.lanes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** TCP ports of this machine: whether one is free, whether somebody answers. */
final class Ports {
    private static final Duration CONNECT = Duration.ofMillis(500);

    private Ports() {}

    static int parse(String name, String text) {
        try {
            return check(name, Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            throw CommandFailed.usage(name + " is '" + text + "', which is not a port: give a number in 1..65535");
        }
    }

    static int check(String name, int port) {
        if (port < 1 || port > 65_535) {
            throw CommandFailed.usage(name + " is " + port + ", which is not a port: give a number in 1..65535");
        }
        return port;
    }

    /** A port that nobody uses now. */
    static int anyFree() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether nobody listens there: neither on all addresses nor, which macOS tells apart, on loopback alone. */
    static boolean free(int port) {
        return bindable(new InetSocketAddress(port))
                && bindable(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean bindable(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    /** Whether one of the servers of a bootstrap list ({@code host:port,host:port}) accepts connections. */
    static boolean anyAnswers(String bootstrapServers) {
        for (String server : bootstrapServers.split(",", -1)) {
            if (answers(server.strip())) {
                return true;
            }
        }
        return false;
    }

    private static boolean answers(String server) {
        int colon = server.lastIndexOf(':');
        if (colon < 1) {
            return false;
        }
        String host = server.substring(server.indexOf("://") < 0 ? 0 : server.indexOf("://") + 3, colon);
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(server.substring(colon + 1));
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException unreachable) {
            return false;
        }
    }
}
