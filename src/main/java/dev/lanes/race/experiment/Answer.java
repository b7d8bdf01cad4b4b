package dev.lanes.race.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** What a main of an experiment says to the {@link Lab}: numbers by their names, in one line of JSON. */
final class Answer {
    private Answer() {}

    static void print(Map<String, ? extends Number> numbers) throws JsonProcessingException {
        System.out.println(new JsonMapper().writeValueAsString(numbers));
    }
}
