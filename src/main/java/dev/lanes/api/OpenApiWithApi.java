package dev.lanes.api;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/**
 * At every start Quarkus prepares the OpenAPI document, which takes more than a tenth of the start: only processes that
 * serve the API shall do so. Used by the build.
 */
public final class OpenApiWithApi implements BuildCompatibleExtension {
    /** Adds the binding of {@link WithApiInterceptor} to what prepares it. */
    @Enhancement(types = OpenApiDocumentService.class)
    public void prepare(ClassConfig service) {
        service.methods().stream()
                .filter(method -> method.info().name().equals("prepareDocument"))
                .forEach(method -> method.addAnnotation(WithApi.class));
    }
}
