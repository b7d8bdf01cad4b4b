package dev.lanes.api;

import dev.lanes.pipeline.Lanes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as no lane has lost more threads to tasks that do not stop than it can make up for. */
@Readiness
@Singleton
final class LanesReady implements HealthCheck {
    private final Lanes lanes;

    LanesReady(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("threads of the lanes");
        var complaints = lanes.complaints();
        complaints.forEach((lane, complaint) -> response.withData(lane.toString(), complaint));
        return response.status(complaints.isEmpty()).build();
    }
}
