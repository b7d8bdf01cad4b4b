package dev.lanes.race.cost;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Requests at a server on this machine, always so many in flight. By Vert.x, as the JDK's client has been seen to close
 * a connection under such load while a request was on it.
 */
final class HttpLoad implements AutoCloseable {
    static final int IN_FLIGHT = 32;

    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Vertx vertx;
    private final int port;
    private final HttpClient client;

    HttpLoad(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
        this.client = newClient();
    }

    private HttpClient newClient() {
        return vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                new PoolOptions().setHttp1MaxSize(IN_FLIGHT));
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
                throw new IOException(path + " was not well within " + patience.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private boolean ok(String path) throws InterruptedException {
        try {
            var unused = await(send(client, HttpMethod.GET, path, "", Buffer.buffer(), OK));
            return true;
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
        HttpClient own = newClient();
        try {
            long start = System.nanoTime();
            var senders = IntStream.range(0, IN_FLIGHT)
                    .mapToObj(number -> new Sender(own, path, Buffer.buffer(json), start + time.toNanos()).begin())
                    .toList();
            long count = 0;
            for (Future<Long> sender : senders) {
                count += await(sender);
            }
            return new Taken(count, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            own.close();
        }
    }

    /** Sends one request after the other. */
    private static final class Sender {
        private final HttpClient client;
        private final String path;
        private final Buffer json;
        private final long until;
        private final Promise<Long> end = Promise.promise();
        private long taken;

        /**
         * @param until by {@link System#nanoTime}
         */
        Sender(HttpClient client, String path, Buffer json, long until) {
            this.client = client;
            this.path = path;
            this.json = json;
            this.until = until;
        }

        /** The future tells how many were taken. */
        Future<Long> begin() {
            sendNext();
            return end.future();
        }

        private void sendNext() {
            if (System.nanoTime() >= until) {
                end.complete(taken);
                return;
            }
            send(client, HttpMethod.POST, path, "application/json", json, ACCEPTED)
                    .onFailure(end::fail)
                    .onSuccess(answer -> {
                        taken++;
                        sendNext();
                    });
        }
    }

    /**
     * Sends lines in one request.
     *
     * @return the answer
     * @throws IOException when it is not 200
     */
    String postLines(String path, byte[] lines) throws IOException, InterruptedException {
        return await(send(client, HttpMethod.POST, path, "application/x-ndjson", Buffer.buffer(lines), OK))
                .toString();
    }

    private static Future<Buffer> send(
            HttpClient client, HttpMethod method, String path, String type, Buffer body, int wanted) {
        return client.request(
                        new RequestOptions().setMethod(method).setURI(path).setIdleTimeout(ANSWER.toMillis()))
                .compose(request -> request.putHeader("Content-Type", type).send(body))
                .compose(answer -> body(answer, path, wanted));
    }

    private static Future<Buffer> body(HttpClientResponse answer, String path, int wanted) {
        return answer.statusCode() == wanted
                ? answer.body()
                : Future.failedFuture(new IOException(path + " answered " + answer.statusCode()));
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
