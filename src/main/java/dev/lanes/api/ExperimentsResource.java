package dev.lanes.api;

import dev.lanes.race.experiment.Experiments;
import dev.lanes.race.experiment.Finding;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiments: what is taught about processes, threads and async, measured here and now. */
@Path("/api/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "experiments")
public final class ExperimentsResource {
    private final Experiments experiments;

    ExperimentsResource(Experiments experiments) {
        this.experiments = experiments;
    }

    /**
     * A claim, and what came of it.
     *
     * @param verdict {@code holds}, {@code does not hold} or {@code not run}
     * @param question what a learner may guess before it is measured, in {@code unit}; {@code answer} is what it was
     */
    public record ExperimentBody(
            String number,
            String name,
            String taught,
            String onPython,
            String onJvm,
            String threshold,
            String question,
            String unit,
            String lesson,
            String state,
            String step,
            @Nullable String error,
            String verdict,
            @Nullable String measured,
            @Nullable Double answer,
            List<Finding.Figure> figures,
            @Nullable String how,
            @Nullable String picture) {
        static ExperimentBody of(Experiments.Shown shown) {
            var claim = shown.claim();
            Finding finding = shown.finding();
            return new ExperimentBody(
                    claim.number(),
                    claim.name(),
                    claim.taught(),
                    claim.onPython(),
                    claim.onJvm(),
                    claim.threshold(),
                    claim.question(),
                    claim.unit(),
                    claim.lesson(),
                    shown.state(),
                    shown.step(),
                    shown.error(),
                    (finding == null ? Finding.Verdict.NOT_RUN : finding.verdict()).toString(),
                    finding == null ? null : finding.measured(),
                    finding == null ? null : finding.answer(),
                    finding == null ? List.of() : finding.figures(),
                    finding == null ? null : finding.how(),
                    finding == null ? null : finding.picture());
        }
    }

    @GET
    @Operation(summary = "All claims, and what came of those that have been measured since this process started")
    public List<ExperimentBody> all() {
        return experiments.all().stream().map(ExperimentBody::of).toList();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One claim, by its name or number")
    public ExperimentBody one(String name) {
        return ExperimentBody.of(find(name));
    }

    @POST
    @Path("/{name}")
    @Operation(summary = "Measure one claim", description = "It waits for those before it; GET tells how far it is.")
    public Response start(String name) {
        return Response.accepted(ExperimentBody.of(experiments.start(find(name))))
                .build();
    }

    private Experiments.Shown find(String name) {
        return experiments
                .find(name)
                .orElseThrow(() -> new Refused(
                        404,
                        "there is no experiment '" + name
                                + "'; ./lanes experiment --list, or GET /api/experiments, tells which there are",
                        "name"));
    }
}
