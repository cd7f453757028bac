package io.layar.config.decode;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the resource definition allows each element of a list, or each value of a map, to hold. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Elements {
    int minSize() default 0;

    int maxSize() default Integer.MAX_VALUE;

    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;
}
