package vn.luot.admin.key;

import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Keys, the oldest first: those in force, and of the others the newest; at most 500. */
public record KeyList(List<KeyAnswer> keys) {

  /** The answer that shows a key, which nothing on the way may keep. */
  static RestResponse<KeyAnswer> made(KeyAnswer key) {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, key)
        .header("Cache-Control", "no-store")
        .build();
  }
}
