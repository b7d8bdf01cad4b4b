package dev.lanes.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lanes.task.RawJson;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A handler with what the pipeline must know of it.
 *
 * @param blocking its blocking form; null when it has none
 * @param nonBlocking its non-blocking form; null when it has none
 * @param validator checks payloads; null where they have no constraints
 */
public record RegisteredHandler(
        TaskType type,
        @Nullable BlockingHandler<Object> blocking,
        @Nullable NonBlockingHandler<Object> nonBlocking,
        ObjectReader reader,
        @Nullable Validator validator) {

    /**
     * Reads and checks a payload.
     *
     * @throws PayloadProblem naming the field at fault
     */
    public Object payload(RawJson json) throws PayloadProblem {
        Object payload = read(json);
        if (validator != null) {
            var violations = validator.validate(payload);
            if (!violations.isEmpty()) {
                throw violations.stream()
                        .min(Comparator.comparing(RegisteredHandler::path))
                        .map(first -> new PayloadProblem(path(first), first.getMessage()))
                        .orElseThrow();
            }
        }
        return payload;
    }

    private Object read(RawJson json) throws PayloadProblem {
        try {
            Object payload = reader.readValue(json.bytes(), json.offset(), json.length());
            if (payload == null) {
                throw new PayloadProblem("payload", "must be an object, not null");
            }
            return payload;
        } catch (UnrecognizedPropertyException e) {
            throw new PayloadProblem(path(e), "unknown field; " + known(e));
        } catch (MismatchedInputException e) {
            throw new PayloadProblem(path(e), (nothing(e) ? "is missing: it " : "") + wanted(e));
        } catch (JsonMappingException e) {
            throw new PayloadProblem(path(e), plain(e));
        } catch (JsonProcessingException e) {
            throw new PayloadProblem("payload", "is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new PayloadProblem("payload", String.valueOf(e.getMessage()));
        }
    }

    private static String known(UnrecognizedPropertyException e) {
        String known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        return known.isEmpty() ? "there are none" : "known are " + known;
    }

    /** Whether a field that takes a number or a flag was left out, or is null. */
    private static boolean nothing(MismatchedInputException e) {
        return e.getOriginalMessage().startsWith("Cannot map `null`");
    }

    private static String wanted(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return plain(e);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == String.class) {
            return "must be a text";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "must be a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        return type.isRecord() ? "must be an object" : plain(e);
    }

    private static String plain(JsonMappingException e) {
        String message = e.getOriginalMessage();
        int detail = message.indexOf(" (set DeserializationConfig");
        return detail < 0 ? message : message.substring(0, detail);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("", "payload", ""));
    }

    private static String path(ConstraintViolation<Object> violation) {
        return "payload." + violation.getPropertyPath();
    }
}
