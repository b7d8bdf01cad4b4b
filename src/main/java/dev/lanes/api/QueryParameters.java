package dev.lanes.api;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that an address does not have: without a misspelt filter, a list would be of everything. */
final class QueryParameters {

    @ServerRequestFilter
    void refuseUnknown(UriInfo uri, ResourceInfo resource) {
        if (uri.getQueryParameters().isEmpty()) {
            return;
        }
        List<String> known = namedBy(resource.getResourceMethod());
        for (String given : uri.getQueryParameters().keySet()) {
            if (!known.contains(given)) {
                throw Refused.badRequest(
                        given,
                        known.isEmpty()
                                ? "this address takes no query parameters"
                                : "unknown query parameter; there are " + String.join(", ", known));
            }
        }
    }

    private static List<String> namedBy(Method method) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(Objects::nonNull)
                .map(QueryParam::value)
                .toList();
    }
}
