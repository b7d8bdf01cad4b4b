package dev.lanes.race.experiment;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Sends back what it is sent, message by message, until there is no more. */
public final class EchoMain {
    private EchoMain() {}

    /** Echoes its standard input; with a port as {@code args[0]} what comes from there on this host. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            // Not System.in and System.out, which would copy each message once more.
            echo(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
            return;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
            socket.setTcpNoDelay(true);
            echo(socket.getInputStream(), socket.getOutputStream());
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] message = new byte[HandOffMain.MESSAGE_BYTES];
        while (in.readNBytes(message, 0, message.length) == message.length) {
            out.write(message);
        }
    }
}
