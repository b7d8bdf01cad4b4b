package dev.lanes.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** Requests that no HTTP client would send. */
final class RawHttp {
    private static final int PATIENCE_MS = 10_000;

    private RawHttp() {}

    /** Sends this, and answers what comes back until the server hangs up. */
    static String exchange(RunningLanes lanes, String request) {
        try (Socket socket = connect(lanes)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends this, does something, and hangs up without waiting for an answer. */
    static void sendAndHangUpAfter(RunningLanes lanes, String request, Runnable meanwhile) {
        try (Socket socket = connect(lanes)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            meanwhile.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(RunningLanes lanes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), lanes.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }
}
