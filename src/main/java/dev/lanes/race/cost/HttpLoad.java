package dev.lanes.race.cost;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests at a server on this machine, always so many in flight. */
final class HttpLoad implements AutoCloseable {
    static final int IN_FLIGHT = 32;

    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final String base;
    private final ExecutorService senders = Executors.newFixedThreadPool(
            IN_FLIGHT, Thread.ofPlatform().name("lanes-load-", 1).daemon().factory());
    private final HttpClient client = newClient();

    HttpLoad(int port) {
        base = "http://127.0.0.1:" + port;
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** What has been taken in, and in what time. */
    record Taken(long count, Duration time) {
        double perSecond() {
            return count / (time.toNanos() / 1e9);
        }
    }

    /**
     * Waits until an address answers 200.
     *
     * @throws IOException when the server ends, or does not within that time
     */
    void awaitOk(String path, Duration patience, Child server) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ok(path)) {
            server.check();
            if (System.nanoTime() > deadline) {
                throw new IOException(base + path + " was not well within " + patience.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private boolean ok(String path) throws InterruptedException {
        try {
            return client.send(request(path).build(), BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Sends the same JSON again and again, for so long, on connections of its own: one that has lain idle may be closed
     * by the other side while it is used again, and a POST is not repeated.
     *
     * @throws IOException when one of them is not answered with 202
     */
    Taken posts(String path, String json, Duration time) throws IOException, InterruptedException {
        HttpRequest post = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        try (HttpClient own = newClient()) {
            long start = System.nanoTime();
            Callable<Long> sender = () -> {
                long taken = 0;
                for (; System.nanoTime() - start < time.toNanos(); taken++) {
                    check(own.send(post, BodyHandlers.discarding()), ACCEPTED);
                }
                return taken;
            };
            long count = 0;
            for (Future<Long> one : senders.invokeAll(Collections.nCopies(IN_FLIGHT, sender))) {
                count += taken(one);
            }
            return new Taken(count, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static long taken(Future<Long> sender) throws IOException, InterruptedException {
        try {
            return sender.get();
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        }
    }

    /**
     * Sends lines in one request.
     *
     * @return the answer
     * @throws IOException when it is not 200
     */
    String postLines(String path, byte[] lines) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(path)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(lines))
                        .build(),
                BodyHandlers.ofString());
        check(answer, OK);
        return answer.body();
    }

    private static void check(HttpResponse<?> answer, int wanted) throws IOException {
        if (answer.statusCode() != wanted) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    }

    @Override
    public void close() {
        senders.shutdownNow();
        client.shutdownNow();
    }
}
