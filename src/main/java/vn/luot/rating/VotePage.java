package vn.luot.rating;

import static vn.luot.refusal.Html.escaped;

import java.net.URI;
import java.util.List;
import vn.luot.refusal.Language;

/** The page that asks a reader for a vote, or to confirm one. */
final class VotePage {
  /** The way back leads elsewhere, which a browser counts as the form's action. */
  static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

  private static final List<String> VIETNAMESE = List.of("rất kém", "kém", "đạt", "tốt", "rất tốt");
  private static final List<String> ENGLISH =
      List.of("very poor", "poor", "fair", "good", "very good");

  private VotePage() {}

  static String of(VoteForm form, String action, URI back, String site, Language language) {
    boolean english = language == Language.ENGLISH;
    String page = form.page() == null || form.page().isBlank() ? "" : form.page();
    boolean portal = page.isEmpty();
    String title =
        english
            ? portal ? "Rate this portal" : "Rate this article"
            : portal ? "Đánh giá cổng thông tin điện tử" : "Đánh giá bài viết";
    StringBuilder buttons = new StringBuilder();
    for (int stars = 1; stars <= 5; stars++) {
      String step = (english ? ENGLISH : VIETNAMESE).get(stars - 1);
      String name = english ? stars > 1 ? "stars" : "star" : "sao";
      boolean chosen = Integer.toString(stars).equals(form.stars());
      buttons.append(
          "<button name=\"stars\" value=\"%d\"%s>%d %s: %s</button>%n"
              .formatted(stars, chosen ? " autofocus class=\"chosen\"" : "", stars, name, step));
    }
    String hint =
        form.stars() == null ? "" : english ? "Please confirm." : "Xin bấm lần nữa để xác nhận.";
    return """
    <!doctype html>
    <html lang="%s">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s - %s</title>
    <style>
    body{font:1.1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:2rem auto;padding:0 1rem}
    button{display:block;width:100%%;min-height:3rem;margin:.5rem 0;font:inherit}
    .chosen{outline:3px solid}
    </style>
    <h1>%s</h1>
    <p>%s</p>
    <form method="post" action="%s">
    <input type="hidden" name="page" value="%s">
    <input type="hidden" name="back" value="%s">
    %s</form>
    <p><a href="%s">%s</a></p>
    </html>
    """
        .formatted(
            language.tag(),
            title,
            escaped(site),
            title,
            escaped(portal ? site : page) + (hint.isEmpty() ? "" : ". " + hint),
            action,
            escaped(page),
            escaped(back.toString()),
            buttons,
            escaped(back.toString()),
            english ? "Back" : "Trở lại");
  }
}
