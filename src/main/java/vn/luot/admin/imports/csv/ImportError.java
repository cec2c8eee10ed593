package vn.luot.admin.imports.csv;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wrong in a line of a file. */
@Schema(name = "ImportError")
public record ImportError(
    @Schema(description = "Line of the file, from 1") long line,
    @Schema(description = "Column (field) of the line, from 1; 0 for the line as a whole")
        int column,
    @Schema(description = "What to change") String detail) {}
