package dev.lanes.api;

import dev.lanes.task.Task;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * The body of a request that publishes one task; of one that is too large, no more than shows that it is.
 */
record SubmittedTask(
        @SuppressWarnings("ArrayRecordComponent") byte[] json) {
    /** A payload of the largest size, with all that stands around it. */
    static final int MAX_BYTES = Task.MAX_PAYLOAD_BYTES + 16 * 1024;

    boolean tooLarge() {
        return json.length > MAX_BYTES;
    }

    /** Reads it while the request comes in, before a thread is needed for the request. */
    @Provider
    @Consumes(MediaType.APPLICATION_JSON)
    public static final class Reader implements MessageBodyReader<SubmittedTask> {
        @Override
        public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return type == SubmittedTask.class;
        }

        @Override
        public SubmittedTask readFrom(
                Class<SubmittedTask> type,
                Type genericType,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, String> headers,
                InputStream body)
                throws IOException {
            return new SubmittedTask(body.readNBytes(MAX_BYTES + 1));
        }
    }
}
