package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** GETs a URL that the allow list holds, so that a task cannot make us call what its publisher could not. */
@TaskType(
        value = "http",
        description = "GETs a URL of the allow list (lanes.http.allow).",
        example = "{\"url\":\"http://127.0.0.1:8080/lab/echo?delayMs=100\"}")
final class HttpHandler implements BlockingHandler<HttpHandler.Get>, NonBlockingHandler<HttpHandler.Get> {
    record Get(@NotBlank @Size(max = 2000) String url) {}

    record Answer(int status, long bytes) {}

    /** Made for the first task that needs it: with all of TLS it takes a good part of a process's start. */
    private static final class Client {
        static final HttpClient ONE =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    }

    private final List<URI> allowed;
    private final Map<Vertx, io.vertx.core.http.HttpClient> clientOfLoop = new ConcurrentHashMap<>();

    HttpHandler(@ConfigProperty(name = "lanes.http.allow") List<URI> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public Answer run(Get get, TaskContext context) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = Client.ONE.send(
                HttpRequest.newBuilder(allowed(get.url())).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body().length);
    }

    @Override
    public Uni<?> start(Get get, TaskContext context) {
        Context loop = Vertx.currentContext();
        if (loop == null) {
            throw new IllegalStateException("the non-blocking form runs on an event loop only");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(allowed(get.url()).toString());
        return Uni.createFrom()
                .completionStage(() -> clientOfLoop
                        .computeIfAbsent(loop.owner(), HttpHandler::clientOf)
                        .request(options)
                        .compose(HttpClientRequest::send)
                        .compose(response ->
                                response.body().map(body -> new Answer(response.statusCode(), body.length())))
                        .toCompletionStage());
    }

    private static io.vertx.core.http.HttpClient clientOf(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(1000).setKeepAlive(true));
    }

    private URI allowed(String url) {
        URI uri = URI.create(url).normalize();
        if (allowed.stream().noneMatch(rule -> covers(rule, uri))) {
            throw new IllegalArgumentException(
                    url + " is not on the allow list (lanes.http.allow), which holds " + allowed);
        }
        return uri;
    }

    /** A rule covers its own scheme, host and port, and its own path with everything below it. */
    private static boolean covers(URI rule, URI uri) {
        return rule.getScheme().equals(uri.getScheme())
                && rule.getAuthority().equals(uri.getAuthority())
                && uri.getPath() != null
                && (uri.getPath().equals(rule.getPath())
                        || uri.getPath()
                                .startsWith(rule.getPath().endsWith("/") ? rule.getPath() : rule.getPath() + "/"));
    }
}
