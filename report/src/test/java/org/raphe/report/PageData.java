package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page holds for its script. */
final class PageData {
  private PageData() {}

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  static JsonNode of(String html) throws IOException {
    Matcher data = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(html);
    assertTrue(data.find());
    return new ObjectMapper().readTree(data.group(1));
  }

  /** A section, with the texts of its table in place of their numbers. */
  static JsonNode section(String html, String id) throws IOException {
    for (JsonNode section : of(html).get("sections")) {
      if (section.get("id").textValue().equals(id)) {
        if (section.hasNonNull("table")) {
          decode(section.get("table"));
        }
        return section;
      }
    }
    throw new AssertionError("no section " + id);
  }

  private static void decode(JsonNode table) {
    for (JsonNode row : table.get("rows")) {
      for (int k = 0; k < row.size(); k++) {
        boolean text = table.at("/columns/" + k + "/format").textValue().equals("TEXT");
        if (text && row.get(k) instanceof IntNode number) {
          ((ArrayNode) row).set(k, table.get("texts").get(number.intValue()));
        }
      }
    }
  }

  /** The cell of a column by name in the first row that holds all these texts. */
  static JsonNode cell(JsonNode section, String column, String... texts) {
    JsonNode columns = section.at("/table/columns");
    for (JsonNode row : section.at("/table/rows")) {
      boolean all = true;
      for (String text : texts) {
        boolean here = false;
        for (JsonNode cell : row) {
          here |= cell.asText().equals(text);
        }
        all &= here;
      }
      for (int k = 0; all && k < columns.size(); k++) {
        if (columns.get(k).get("name").textValue().equals(column)) {
          return row.get(k);
        }
      }
    }
    throw new AssertionError("no " + column + " of " + String.join(", ", texts));
  }
}
