package vn.luot.faults;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes long: done with {@code mvn -Pfaults verify} only. */
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "luot.faults.full", matches = "true")
public @interface AtFullSize {}
