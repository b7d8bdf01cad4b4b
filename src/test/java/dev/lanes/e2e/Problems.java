package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** What every refusal has in common. */
final class Problems {
    private Problems() {}

    /** The answer is a problem as RFC 9457 has it, which says what is wrong. */
    static void assertProblem(RunningLanes.Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse("none"))
                .startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    /** The same, and it names the field at fault; null where it is the whole. */
    static void assertProblem(RunningLanes.Answer answer, int status, String field) {
        assertProblem(answer, status);
        assertThat(answer.body().path("field").asText(null))
                .as("%s", answer.body())
                .isEqualTo(field);
    }
}
