package dev.lanes.api;

import dev.lanes.pipeline.PipelineConfig;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Leaves out what only the part {@code api} needs. */
@WithApi
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
final class WithApiInterceptor {
    private final PipelineConfig config;

    WithApiInterceptor(PipelineConfig config) {
        this.config = config;
    }

    @AroundInvoke
    @Nullable
    Object where(InvocationContext call) throws Exception {
        return config.servesApi() ? call.proceed() : null;
    }
}
