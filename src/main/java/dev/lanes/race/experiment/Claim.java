package dev.lanes.race.experiment;

/**
 * What people are taught, and when we count it as true.
 *
 * @param number as in the guide, such as {@code 6a}: experiments are run and shown in its order
 * @param name what a command calls it, such as {@code threads-in-parallel}
 * @param taught the claim, in the words in which it is taught
 * @param onPython whether it holds for CPython, and why
 * @param onJvm whether it holds for the JVM, and why
 * @param threshold the predicate, with its number
 * @param question what a learner is asked to guess before it is measured: a number
 * @param unit of that number
 * @param lesson two sentences for a learner
 */
public record Claim(
        String number,
        String name,
        String taught,
        String onPython,
        String onJvm,
        String threshold,
        String question,
        String unit,
        String lesson) {}
