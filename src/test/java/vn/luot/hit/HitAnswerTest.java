package vn.luot.hit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.hit.HitAnswer.Count;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.PagesReader.PageNumbers.PageNumber;
import vn.luot.reading.base.Rating;

class HitAnswerTest {
  private static final Counters.Visitors VISITORS = new Counters.Visitors(7L, null, 9L);
  private static final Rating.Summary RATED = Rating.Summary.of(2, 9);

  @ParameterizedTest
  @ValueSource(strings = {"/tin-tuc/a", "/a\"b\\c", "/tin-tức/đường", "/\u2028</script>\u007f", ""})
  void theQuickWayToWriteItWritesWhatJacksonWrites(String path) throws JsonProcessingException {
    Count plain = new Count(1L, null, null, null, null, 2L);
    Count full = new Count(1L, 2L, 3L, 4L, 5L, 6L);
    PageNumber none = new PageNumber(null, null, Rating.UNKNOWN.summary(), null);
    PageNumber other = new PageNumber(path, null, RATED, 3L);
    HitAnswer known =
        new HitAnswer(3L, plain, plain, null, new PageNumber(path, 6L, null, null), null, null, 60);
    HitAnswer unknown =
        new HitAnswer(
            null,
            Count.UNKNOWN,
            Count.UNKNOWN,
            null,
            new PageNumber(path, null, null, 7L),
            null,
            List.of(),
            60);
    HitAnswer rich =
        new HitAnswer(
            3L,
            full,
            full,
            VISITORS,
            new PageNumber(path, 6L, RATED, null),
            new HitAnswer.Portal(Rating.Summary.of(0, 0)),
            List.of(none, other),
            60);
    for (HitAnswer answer : new HitAnswer[] {known, unknown, rich}) {
      assertEquals(
          new ObjectMapper().writeValueAsString(answer),
          new String(answer.json(), StandardCharsets.UTF_8));
    }
  }
}
