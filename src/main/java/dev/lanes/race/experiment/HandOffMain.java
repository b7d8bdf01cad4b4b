package dev.lanes.race.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;

/** Hands a message to another thread, and to another process, and gets it back. */
public final class HandOffMain {
    static final int MESSAGE_BYTES = 1024;
    private static final int ROUNDS = 10_000;
    /** Looks of a reader with a core for itself, and of one without. */
    private static final int PATIENT = 1_000;

    private static final int POLITE = 2;
    private static final byte[] END = {};

    private HandOffMain() {}

    /** Prints the median nanoseconds of one way on each path. */
    public static void main(String[] args) throws Exception {
        Answer.print(Map.of(
                "awake",
                Math.min(awake(PATIENT), awake(POLITE)),
                "queue",
                queue(),
                "pipe",
                pipe(),
                "loopback",
                loopback()));
    }

    private static double awake(int looks) throws Exception {
        Slot there = new Slot(looks);
        Slot back = new Slot(looks);
        Thread.ofPlatform().name("echo").daemon().start(() -> {
            byte[] message;
            do {
                message = there.take();
                back.put(message);
            } while (message.length > 0);
        });
        byte[] message = new byte[MESSAGE_BYTES];
        double nanos = oneWay(() -> {
            there.put(message);
            back.take();
        });
        there.put(END);
        return nanos;
    }

    private static double queue() throws Exception {
        SynchronousQueue<byte[]> there = new SynchronousQueue<>();
        SynchronousQueue<byte[]> back = new SynchronousQueue<>();
        Thread.ofPlatform().name("echo").daemon().start(() -> echo(there, back));
        byte[] message = new byte[MESSAGE_BYTES];
        return oneWay(() -> {
            there.put(message);
            back.take();
        });
    }

    private static void echo(SynchronousQueue<byte[]> in, SynchronousQueue<byte[]> out) {
        try {
            while (true) {
                out.put(in.take());
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private static double pipe() throws Exception {
        try (Peer peer = Peer.start(EchoMain.class)) {
            return oneWay(peer.from(), peer.to());
        }
    }

    private static double loopback() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Peer peer = Peer.start(EchoMain.class, Integer.toString(server.getLocalPort()));
                Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            return oneWay(socket.getInputStream(), socket.getOutputStream());
        }
    }

    private static double oneWay(InputStream from, OutputStream to) throws Exception {
        byte[] message = new byte[MESSAGE_BYTES];
        return oneWay(() -> {
            to.write(message);
            to.flush();
            if (from.readNBytes(message, 0, message.length) < message.length) {
                throw new IOException("the other process has ended");
            }
        });
    }

    private static double oneWay(Stopwatch.Step roundTrip) throws Exception {
        return Stopwatch.medianNanos(ROUNDS, 1, roundTrip) / 2;
    }
}
