package dev.lanes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanes.pipeline.PipelineConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeSet;

/** A process without the part {@code api} has HTTP for its health and metrics: of the rest it says that it is not here. */
@Singleton
final class OtherParts {
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;
    /** Health and metrics, and what tasks of the type {@code http} call. */
    private static final List<String> HERE = List.of("/q/health", "/q/metrics", "/lab/");

    private final PipelineConfig config;
    private final ObjectMapper json;

    OtherParts(PipelineConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    void guard(@Observes Router router) {
        if (!config.servesApi()) {
            router.route().order(BEFORE_ALL_OTHERS).handler(this::answer);
        }
    }

    private void answer(RoutingContext request) {
        if (HERE.stream().anyMatch(request.normalizedPath()::startsWith)) {
            request.next();
            return;
        }
        Problem problem = Problem.of(
                503,
                "this process runs " + String.join(", ", new TreeSet<>(config.run()))
                        + " and has neither REST nor the page: ask the one that runs api",
                null);
        try {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE.toString())
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException impossible) {
            request.fail(impossible);
        }
    }
}
