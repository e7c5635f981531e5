package org.raphe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The launcher opens to Spark what this version of Spark asks for, no less and no more. */
class LauncherOptionsTest {
  @Test
  void packagesAreThoseThatSparkNames() throws Exception {
    Set<String> asked = new TreeSet<>();
    Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
        .filter(option -> option.startsWith("--add-opens="))
        .forEach(option -> asked.add(option.replaceAll("--add-opens=|=ALL-UNNAMED", "")));
    String launcher = Files.readString(Path.of("..", "raphe"));
    Matcher listed =
        Pattern.compile(
                "for package in ([^;]+); do\\s+opens=\"\\$opens --add-opens=(.*)/\\$package")
            .matcher(launcher);
    assertEquals(true, listed.find(), launcher);
    Set<String> opened = new TreeSet<>();
    for (String name : List.of(listed.group(1).replace("\\", " ").strip().split("\\s+"))) {
      opened.add(listed.group(2) + "/" + name);
    }
    Matcher single = Pattern.compile("--add-opens=([a-z.]+/[a-z0-9.]+)=").matcher(launcher);
    while (single.find()) {
      opened.add(single.group(1));
    }
    assertEquals(asked, opened);
  }
}
