package dev.lanes.lane;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what handlers return as JSON, within the limit. That runs code of theirs, which may take for ever: so it is part
 * of the run.
 */
final class Results {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build()
            .writer();

    private Results() {}

    /** A success with that result; a failure where it cannot be written. */
    static Ending ending(@Nullable Object result) {
        if (result == null) {
            return Ending.succeeded(null);
        }
        Limited bytes = new Limited();
        try {
            WRITER.writeValue(bytes, result);
            return Ending.succeeded(bytes.json());
        } catch (Throwable e) {
            // It runs code of the handler's, which may throw anything.
            return Ending.permanent(bytes.full ? tooLarge() : "the result is not JSON: " + Ending.words(e));
        }
    }

    private static String tooLarge() {
        return "result too large: at most " + Task.MAX_RESULT_BYTES + " bytes of JSON";
    }

    /** Memory that refuses to grow past the limit. */
    private static final class Limited extends ByteArrayOutputStream {
        private boolean full;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (count + length > Task.MAX_RESULT_BYTES) {
                full = true;
                throw new IllegalStateException("full");
            }
            super.write(bytes, offset, length);
        }

        RawJson json() {
            return new RawJson(buf, 0, count);
        }
    }
}
