package dev.lanes.api;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A method that does nothing in a process without the part {@code api}. */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
@interface WithApi {}
