package dev.lanes.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request.
 *
 * @param field the path of the field at fault; null when it is the whole
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");
    /** In RFC 9110, but not among the phrases that Jakarta REST knows. */
    private static final int UNPROCESSABLE_CONTENT = 422;

    static Response response(int status, String detail) {
        return response(status, detail, null);
    }

    static Response response(int status, String detail, @Nullable String field) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(of(status, detail, field))
                .build();
    }

    static Problem of(int status, String detail, @Nullable String field) {
        String named = field == null || field.isEmpty() ? null : field;
        return new Problem("about:blank", title(status), status, detail, named);
    }

    private static String title(int status) {
        if (status == UNPROCESSABLE_CONTENT) {
            return "Unprocessable Content";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "HTTP " + status : known.getReasonPhrase();
    }
}
