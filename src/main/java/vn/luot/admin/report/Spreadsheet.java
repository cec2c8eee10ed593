package vn.luot.admin.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** A file that a spreadsheet opens: numbers as numbers, and text as text, never as a formula. */
public final class Spreadsheet {
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  static final String COUNT = "#,##0";

  private Spreadsheet() {}

  /** How OpenAPI describes such a file. */
  @Schema(type = SchemaType.STRING, format = "binary")
  interface Xlsx {}

  public static byte[] write(Consumer<Workbook> sheets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(file, "Luot", null)) {
      sheets.accept(book);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** The first heading is the sheet's name. */
  public static Worksheet sheet(Workbook book, List<String> headings) {
    Worksheet sheet = book.newWorksheet(headings.get(0));
    for (int i = 1; i < headings.size(); i++) {
      sheet.value(0, i - 1, headings.get(i));
      sheet.width(i - 1, headings.get(i).length() + 6);
    }
    sheet.range(0, 0, 0, headings.size() - 2).style().bold().set();
    sheet.freezePane(0, 1);
    return sheet;
  }

  /** Nothing where it is not known. */
  public static void count(Worksheet sheet, int line, int column, Long value) {
    sheet.value(line, column, value);
    sheet.style(line, column).format(COUNT).set();
  }

  public static RestResponse<byte[]> answer(String name, byte[] file) {
    return RestResponse.ResponseBuilder.ok(file)
        .header("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"")
        .header("Cache-Control", "no-store")
        .build();
  }
}
