package vn.luot.admin;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.Map;
import vn.luot.openapi.DocumentedAnswers;

/** How tests call the admin calls. */
public final class OperatorKey {
  /** What the tests' settings name as the first operator key. */
  public static final String KEY = "operator.key.of-the-tests-0123456789abcdef";

  private OperatorKey() {}

  public static RequestSpecification asOperator() {
    return as(KEY);
  }

  /** With this as JSON. */
  public static RequestSpecification asOperator(Object body) {
    return asOperator().contentType("application/json").body(body);
  }

  public static RequestSpecification as(String key) {
    return given().filter(DocumentedAnswers.filter()).header("Authorization", "Bearer " + key);
  }

  /** A fresh key with a role that reaches one site. */
  public static String make(String site, String role) {
    return asOperator(Map.of("name", "test " + role, "role", role))
        .post("/admin/v1/sites/" + site + "/keys")
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }
}
