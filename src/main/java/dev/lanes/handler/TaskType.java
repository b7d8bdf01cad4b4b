package dev.lanes.handler;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the type of task that a handler runs, and makes the handler a bean: one instance a process. */
@Stereotype
@Singleton
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TaskType {
    /** The type: letters, digits, {@code .}, {@code _} and {@code -}, at most 100 characters. */
    String value();

    /** A sentence for people who choose a type. */
    String description() default "";

    /** A payload to start from, as JSON. */
    String example() default "{}";

    /** Whether a task of this type ends its process on purpose: then only lanes of separate processes take it. */
    boolean endsItsProcess() default false;
}
