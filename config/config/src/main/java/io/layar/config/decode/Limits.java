package io.layar.config.decode;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the resource definition allows a field to hold when it is given.
 *
 * <p>Units: sizes are characters of a string and elements of a list or map.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Limits {
    int minSize() default 0;

    int maxSize() default Integer.MAX_VALUE;

    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;

    String pattern() default "";

    boolean atLeastOneMillisecond() default false;
}
