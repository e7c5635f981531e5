package org.raphe.datasets.speech;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;

/**
 * What the paths of TIDIGITS (LDC93S10) say: {@code
 * [disc/][tidigits/]train|test/man|woman|boy|girl/SPEAKER/DIGITSa.wav}, in any case; speakers have
 * two letters, digits are 1 to 9, z (zero) and o (oh), the last letter is the production. Isolated
 * digits are used; the word "oh" and strings of digits are left out.
 *
 * @param utterances isolated digits, in the order of their keys
 * @param leftOut how many files were left out, by reason
 */
record TidigitsLayout(List<Utterance> utterances, Map<String, Integer> leftOut) {
  /** The layout in words, for messages. */
  static final String WORDS = "[disc/][tidigits/]train|test/man|woman|boy|girl/SPEAKER/DIGITSa.wav";

  private static final Pattern PATH =
      Pattern.compile(
          "(?:.*/)?(train|test)/(man|woman|boy|girl)/([a-z]{2})/([zo1-9]+)([ab])\\.wav(?:;1)?");

  /**
   * Reads the paths of files.
   *
   * @throws InputException if a recording is there twice
   */
  static TidigitsLayout of(List<CorpusFile> files) {
    Map<String, Utterance> found = new TreeMap<>();
    Map<String, Integer> leftOut = new TreeMap<>();
    for (CorpusFile file : files) {
      Matcher path = PATH.matcher(file.below().toLowerCase(Locale.ROOT));
      if (!path.matches()) {
        leftOut.merge("not of the layout", 1, Integer::sum);
      } else if (path.group(4).length() > 1) {
        leftOut.merge("strings of digits", 1, Integer::sum);
      } else if (path.group(4).equals("o")) {
        leftOut.merge("of the word \"oh\"", 1, Integer::sum);
      } else {
        Utterance utterance = utterance(file, path);
        Utterance other = found.put(utterance.key(), utterance);
        if (other != null) {
          throw new InputException(
              other.source()
                  + " and "
                  + utterance.source()
                  + " are the same recording; give one copy of the corpus");
        }
      }
    }
    return new TidigitsLayout(List.copyOf(found.values()), leftOut);
  }

  private static Utterance utterance(CorpusFile file, Matcher path) {
    String digit = path.group(4);
    String key =
        String.join("/", path.group(1), path.group(2), path.group(3), digit + path.group(5));
    return new Utterance(
        key,
        file.source(),
        path.group(3),
        SpeakerKind.valueOf(path.group(2).toUpperCase(Locale.ROOT)),
        digit.equals("z") ? 0 : Integer.parseInt(digit),
        path.group(1).equals("test"),
        file.content());
  }
}
