package dev.lanes.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All handlers of the application, by type: every bean that implements {@link Handler}. */
@Singleton
public final class Handlers {
    /** Its buffers are not kept by thread: on virtual there are as many threads as tasks. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(JSON)
            .findAndAddModules()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Map<String, RegisteredHandler> byType = new TreeMap<>();

    Handlers(@Any Instance<Handler<?>> beans, Validator validator) {
        for (Handler<?> bean : beans) {
            RegisteredHandler handler = register(bean, validator);
            RegisteredHandler other = byType.putIfAbsent(handler.type().value(), handler);
            if (other != null) {
                throw new IllegalStateException(
                        "two handlers for the type " + handler.type().value());
            }
        }
    }

    /** The handler of a type; empty when there is none. */
    public Optional<RegisteredHandler> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** All handlers, by name. */
    public Collection<RegisteredHandler> all() {
        return byType.values();
    }

    @SuppressWarnings("unchecked") // the payload that reader makes is of the type that the bean declares
    private static RegisteredHandler register(Handler<?> bean, Validator validator) {
        TaskType type = bean.getClass().getAnnotation(TaskType.class);
        if (type == null || !type.value().matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalStateException("the handler " + bean.getClass().getName()
                    + " needs @TaskType(\"name\") of letters, digits, '.', '_' and '-'");
        }
        JavaType payload = MAPPER.constructType(payloadType(bean.getClass()));
        boolean constrained =
                validator.getConstraintsForClass(payload.getRawClass()).isBeanConstrained();
        return new RegisteredHandler(
                type,
                bean instanceof BlockingHandler<?> blocking ? (BlockingHandler<Object>) blocking : null,
                bean instanceof NonBlockingHandler<?> other ? (NonBlockingHandler<Object>) other : null,
                MAPPER.readerFor(payload),
                constrained ? validator : null);
    }

    private static Type payloadType(Class<?> handler) {
        return superTypes(handler)
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type ->
                        type.getRawType() == BlockingHandler.class || type.getRawType() == NonBlockingHandler.class)
                .map(type -> type.getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                handler.getName()
                                        + " must name its payload: implements BlockingHandler<Payload> or NonBlockingHandler<Payload>"));
    }

    private static Stream<Type> superTypes(Class<?> type) {
        Stream<Type> own = Stream.of(type.getGenericInterfaces());
        Class<?> parent = type.getSuperclass();
        return parent == null ? own : Stream.concat(own, superTypes(parent));
    }
}
