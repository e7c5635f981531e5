package org.raphe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The page's text. Scripts and style are inlined; the content security policy lets these scripts
 * run, by their hash, and nothing be fetched, whatever the data hold.
 */
final class Page {
  /** By this a page of Raphe is known again. */
  static final String GENERATOR = "<meta name=\"generator\" content=\"raphe report\">";

  /** Functions of one script; the last part begins to work. */
  private static final List<String> SCRIPTS =
      List.of("base", "tables", "plots", "views", "charts", "page", "check");

  private Page() {}

  static String html(String title, Map<String, Object> data) {
    String charts = resource("echarts/echarts.min.js");
    String script = script();
    String policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src "
            + hash(charts)
            + " "
            + hash(script);
    return String.join(
        "\n",
        "<!DOCTYPE html>",
        "<html lang=\"en\">",
        "<head>",
        "<meta charset=\"utf-8\">",
        GENERATOR,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "<title>" + escaped(title) + "</title>",
        "<style>" + resource("report.css") + "</style>",
        "</head>",
        "<body>",
        "<noscript>This page draws its plots and tables with a script; allow it to run.</noscript>",
        "<div id=\"page\"></div>",
        "<!-- " + notices() + " -->",
        "<script type=\"application/json\" id=\"data\">" + json(data) + "</script>",
        "<script>" + charts + "</script>",
        "<script>" + script + "</script>",
        "</body>",
        "</html>",
        "");
  }

  /** The page's own script, out of its parts. */
  private static String script() {
    StringBuilder text = new StringBuilder("(function () {\n\"use strict\";\n\n");
    SCRIPTS.forEach(part -> text.append(resource("page/" + part + ".js")).append('\n'));
    return text.append("})();\n").toString();
  }

  /** What the licence of the inlined library asks to be kept with it. */
  private static String notices() {
    String text = resource("echarts/NOTICE") + "\n\n" + resource("echarts/LICENSE-d3");
    return "The plots are drawn by Apache ECharts, Apache License 2.0.\n"
        + text.replace("--", "- -");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON that ends no element, begins no comment and breaks no line of a script. */
  static String json(Object data) {
    try {
      return new ObjectMapper()
          .writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report's data are plain values", e);
    }
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name + " of the program itself", e);
    }
  }
}
