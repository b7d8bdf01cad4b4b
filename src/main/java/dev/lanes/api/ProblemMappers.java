package dev.lanes.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failed request is answered with a problem. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(Refused refused) {
        return Problem.response(refused.status(), String.valueOf(refused.getMessage()), refused.field());
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return switch (status) {
            case 404 -> Problem.response(404, "there is nothing at this address; /q/swagger-ui shows what there is");
            case 405 ->
                Problem.response(405, "this address does not take that method; /q/swagger-ui shows what it takes");
            case 415 -> Problem.response(415, "send application/json, or application/x-ndjson for a stream of tasks");
            default -> Problem.response(status, String.valueOf(failure.getMessage()));
        };
    }

    /** RESTEasy has no exception of its own for a Content-Type or Accept header that names no type. */
    @ServerExceptionMapper
    Response illegal(IllegalArgumentException failure) {
        return String.valueOf(failure.getMessage()).startsWith("Failed to parse media type")
                ? Problem.response(400, "Content-Type and Accept must name types such as application/json")
                : unexpected(failure);
    }

    @ServerExceptionMapper
    Response unexpected(Exception failure) {
        UUID reference = UUID.randomUUID();
        LOG.errorf(failure, "a request failed (%s)", reference);
        return Problem.response(500, "an error on our side; the log says more under " + reference);
    }
}
