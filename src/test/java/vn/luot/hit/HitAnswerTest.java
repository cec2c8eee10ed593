package vn.luot.hit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.hit.HitAnswer.Count;
import vn.luot.hit.HitAnswer.PageCount;

class HitAnswerTest {
  private static final Count UNKNOWN = new Count(null, null);

  @ParameterizedTest
  @ValueSource(strings = {"/tin-tuc/a", "/a\"b\\c", "/tin-tức/đường", "/\u2028</script>\u007f", ""})
  void theQuickWayToWriteItWritesWhatJacksonWrites(String path) throws JsonProcessingException {
    HitAnswer known =
        new HitAnswer(3L, new Count(1L, 2L), new Count(4L, 5L), new PageCount(path, 6L), 60);
    HitAnswer unknown = new HitAnswer(0L, UNKNOWN, UNKNOWN, new PageCount(path, null), 60);
    for (HitAnswer answer : new HitAnswer[] {known, unknown}) {
      assertEquals(
          new ObjectMapper().writeValueAsString(answer),
          new String(answer.json(), StandardCharsets.UTF_8));
    }
  }
}
