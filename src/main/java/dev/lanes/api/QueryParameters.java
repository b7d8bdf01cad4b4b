package dev.lanes.api;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that an address does not have, as without a misspelt filter a list would be of everything,
 * and those that are given twice, of which all but one would be ignored.
 */
final class QueryParameters {

    @ServerRequestFilter
    void refuseUnknownAndDoubled(UriInfo uri, ResourceInfo resource) {
        if (uri.getQueryParameters().isEmpty()) {
            return;
        }
        List<String> known = namedBy(resource.getResourceMethod());
        for (Map.Entry<String, List<String>> parameter :
                uri.getQueryParameters().entrySet()) {
            String given = parameter.getKey();
            if (!known.contains(given)) {
                throw Refused.badRequest(
                        given,
                        known.isEmpty()
                                ? "this address takes no query parameters"
                                : "unknown query parameter; there are " + String.join(", ", known));
            }
            if (parameter.getValue().size() > 1) {
                throw Refused.badRequest(given, "stands there twice");
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
